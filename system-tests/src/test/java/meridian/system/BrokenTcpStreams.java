package meridian.system;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.xbill.DNS.Message;

/// Streams of TCP and TLS: octets that change or get lost on the way, within TLS and below it,
/// queries that are none, lengths that lie, clients that go, are cut, say no more or take nothing.
///
/// @param tls what makes a connection one of TLS
record BrokenTcpStreams(InetSocketAddress server, Optional<SSLSocketFactory> tls)
        implements BrokenStreams {

    private static final int PATIENCE_MILLIS = 10_000;

    /// Octets that a client of TLS says before its first query, about.
    private static final int HANDSHAKE = 700;

    static BrokenTcpStreams tcp(InetSocketAddress server) {
        return new BrokenTcpStreams(server, Optional.empty());
    }

    static BrokenTcpStreams tls(InetSocketAddress server) throws GeneralSecurityException {
        return new BrokenTcpStreams(server, Optional.of(Credulous.context().getSocketFactory()));
    }

    @Override
    public void breakOne(SplittableRandom random) throws IOException {
        byte[] said = said(random);
        int within = said.length + (tls.isPresent() ? HANDSHAKE : 0);
        try (var below = new ManglingSocket(random.split(), within)) {
            below.setSoTimeout(PATIENCE_MILLIS);
            below.connect(server);
            Socket socket = above(below, random);
            socket.getOutputStream().write(said);
            end(socket, below, random);
        }
    }

    @Override
    public String connections() {
        return "meridian_dns_tcp_connections";
    }

    /// Most of them have many messages.
    @Override
    public int fewestAnswers(int streams) {
        return streams;
    }

    private Socket above(Socket below, SplittableRandom random) throws IOException {
        if (tls.isEmpty()) return below;
        var socket = (SSLSocket) tls.get().createSocket(below, "localhost", 853, false);
        if (random.nextBoolean()) socket.setEnabledProtocols(new String[] {"TLSv1.2"});
        return socket;
    }

    private static void end(Socket socket, Socket below, SplittableRandom random)
            throws IOException {
        switch (random.nextInt(6)) {
            case 0 -> below.setSoLinger(true, 0);
            case 1 -> socket.close();
            case 2 -> below.shutdownOutput();
            case 3 -> socket.shutdownOutput();
            default -> {
                // the server says when it is enough
            }
        }
        if (!socket.isClosed() && random.nextInt(4) > 0) readAll(socket);
    }

    private static void readAll(Socket socket) throws IOException {
        var in = new DataInputStream(socket.getInputStream());
        for (int length = in.read(); length != -1; length = in.read()) {
            byte[] response = new byte[length << 8 | in.readUnsignedByte()];
            in.readFully(response);
            var _ = new Message(response);
        }
    }

    /// Up to twenty messages, each after its length.
    private static byte[] said(SplittableRandom random) throws IOException {
        var octets = new ByteArrayOutputStream();
        var out = new DataOutputStream(octets);
        for (int count = 1 + random.nextInt(20); count > 0; count--) {
            byte[] message = BrokenStreams.message(random, random.nextInt(0x10000));
            boolean lies = random.nextInt(60) == 0;
            out.writeShort(lies ? random.nextInt(0x10000) : message.length);
            out.write(message);
        }
        return octets.toByteArray();
    }
}
