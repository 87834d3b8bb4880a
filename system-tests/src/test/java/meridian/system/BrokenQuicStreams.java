package meridian.system;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import meridian.dns.transport.QuicClient;

/// Streams of QUIC that end early or never, are given up, or say what no query is; connections that
/// go; and datagrams that only look like QUIC.
final class BrokenQuicStreams implements BrokenStreams {

    private final InetSocketAddress server;
    private final X509Certificate certificate;

    /// Connections on which nobody is breaking a stream.
    private final Queue<QuicClient> free = new ConcurrentLinkedQueue<>();

    /// @param server that shows the test certificate `first`
    BrokenQuicStreams(InetSocketAddress server) throws IOException, GeneralSecurityException {
        this.server = server;
        try (InputStream pem = Files.newInputStream(Solo.certificate("first", ".pem"))) {
            this.certificate =
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509").generateCertificate(pem);
        }
    }

    @Override
    public void breakOne(SplittableRandom random) throws IOException {
        if (random.nextInt(10) == 0) noise(random);
        QuicClient client = client();
        try {
            breakOne(client, random);
        } finally {
            if (client.isOpen() && random.nextInt(20) > 0) free.add(client);
            else client.close();
        }
    }

    private QuicClient client() throws IOException {
        for (QuicClient client = free.poll(); client != null; client = free.poll()) {
            if (client.isOpen()) return client;
            client.close();
        }
        return new QuicClient(server, certificate, "first.example.com");
    }

    private static void breakOne(QuicClient client, SplittableRandom random) throws IOException {
        byte[] said = said(random);
        QuicClient.Stream stream = client.open();
        int first = random.nextInt(3) == 0 ? random.nextInt(said.length + 1) : said.length;
        stream.send(Arrays.copyOf(said, first));
        if (first < said.length) stream.send(Arrays.copyOfRange(said, first, said.length));
        switch (random.nextInt(10)) {
            case 0 -> stream.giveUp();
            case 1 -> {
                stream.takeNothing();
                stream.end();
            }
            case 2 -> {
                // no more is said, nor is it the end
            }
            default -> {
                stream.end();
                var _ = stream.response();
            }
        }
    }

    private static byte[] said(SplittableRandom random) throws IOException {
        byte[] framed = QuicClient.framed(BrokenStreams.message(random, 0));
        return switch (random.nextInt(12)) {
            case 0 -> Arrays.copyOf(framed, random.nextInt(framed.length));
            case 1 -> Arrays.copyOf(framed, framed.length + 1 + random.nextInt(100));
            default -> framed;
        };
    }

    /// Half of it begins like a first packet of QUIC's version 1.
    private void noise(SplittableRandom random) throws IOException {
        byte[] octets = new byte[1 + random.nextInt(1_400)];
        random.nextBytes(octets);
        if (octets.length > 20 && random.nextBoolean()) {
            octets[0] = (byte) (0xc0 | random.nextInt(16));
            octets[1] = 0;
            octets[2] = 0;
            octets[3] = 0;
            octets[4] = 1;
            octets[5] = (byte) random.nextInt(22);
        }
        try (var socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(octets, octets.length, server));
        }
    }

    @Override
    public String connections() {
        return "meridian_dns_quic_connections";
    }

    /// Each has one query at most.
    @Override
    public int fewestAnswers(int streams) {
        return streams / 4;
    }

    @Override
    public void close() {
        for (QuicClient client = free.poll(); client != null; client = free.poll()) client.close();
    }
}
