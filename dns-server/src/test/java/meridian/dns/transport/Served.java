package meridian.dns.transport;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import meridian.dns.Responder;
import meridian.dns.Secondaries;
import meridian.dns.ServerCookies;
import meridian.dns.Snapshot;
import meridian.dns.SteeredAnswers;
import meridian.dns.Told;
import meridian.dns.Transfers;
import meridian.dns.Transport;
import meridian.dns.ZoneText;
import meridian.dns.tsig.TsigKeys;
import meridian.dns.zone.Zone;
import meridian.dns.zone.Zones;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// A small zone on all transports at ports that the system chose, and a client for it.
final class Served implements AutoCloseable {

    static final InetSocketAddress ANY_PORT =
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

    private static final SSLSocketFactory CLIENT = TestIdentities.credulous().getSocketFactory();

    private final EventLoops loops = EventLoops.of(2);
    final Responder responder;
    final UdpTransport udp;
    final TcpTransport tcp;
    final TcpTransport tls;
    final QuicTransport quic;
    final TlsHandshakes handshakes = new TlsHandshakes();
    final QuicHandshakes quicHandshakes = new QuicHandshakes(handshakes);

    Served(TcpLimits limits) throws IOException {
        this(limits, UdpTransport.Way.BATCHED);
    }

    private Served(TcpLimits limits, UdpTransport.Way way) throws IOException {
        this(limits, way, Transfers.NONE);
    }

    private Served(TcpLimits limits, UdpTransport.Way way, Transfers transfers) throws IOException {
        responder = responder(new Secondaries(TsigKeys.NONE, transfers));
        udp = listen(ANY_PORT, way, loops);
        tcp = TcpTransport.open(ANY_PORT, Entrance.OPEN, responder, limits, loops);
        tls = TcpTransport.open(ANY_PORT, encrypted(handshakes), responder, limits, loops);
        quic = QuicTransport.open(ANY_PORT, quicHandshakes, responder, limits, loops);
        handshakes.identify(TestIdentities.of("first"));
        quicHandshakes.identify(TestIdentities.of("first"));
    }

    UdpTransport listen(InetSocketAddress address, UdpTransport.Way way, EventLoops on)
            throws IOException {
        return UdpTransport.open(address, way, responder::udpAnswers, responder.payloadSize(), on);
    }

    /// A long idle timeout, and room for a few connections.
    static Served patient() throws IOException {
        return patient(UdpTransport.Way.BATCHED);
    }

    static Served patient(UdpTransport.Way way) throws IOException {
        return new Served(new TcpLimits(Duration.ofMinutes(1), 20, 10), way);
    }

    /// One that gives zones.
    static Served giving(Transfers transfers) throws IOException {
        var limits = new TcpLimits(Duration.ofMinutes(1), 20, 10);
        return new Served(limits, UdpTransport.Way.BATCHED, transfers);
    }

    private static Responder responder(Secondaries secondaries) {
        var contents =
                ZoneText.parse(
                        "example.com",
                        """
                        @    3600 IN SOA ns1 hostmaster 1 3600 900 604800 300
                        @    3600 IN NS  ns1
                        ns1  3600 IN A   192.0.2.53
                        www   300 IN A   192.0.2.1
                        big   300 IN TXT %s
                        """
                                .formatted(("\"" + "x".repeat(250) + "\" ").repeat(120)));
        var zones = new Zones(List.of(Zone.of(contents, List.of())));
        var snapshot =
                new Snapshot(zones, (_, _, _, _) -> new SteeredAnswers.Choice(Optional.empty(), 0));
        return new Responder(
                () -> snapshot,
                () -> 0,
                Responder.Limits.DEFAULT,
                ServerCookies.of(new byte[16], InstantSource.system()),
                Told.NOTHING,
                InstantSource.system(),
                () -> secondaries);
    }

    InetSocketAddress udpAddress() {
        return udp.addresses().getFirst();
    }

    InetSocketAddress tcpAddress() {
        return tcp.addresses().getFirst();
    }

    static Entrance encrypted(TlsHandshakes handshakes) {
        return new Entrance(List.of(), Optional.of(handshakes));
    }

    /// What takes connections of a kind.
    TcpTransport of(Transport transport) {
        return transport == Transport.TLS ? tls : tcp;
    }

    /// A connection on which nothing can be waited for longer than ten seconds.
    Socket connect(Transport transport) throws IOException {
        InetSocketAddress address = of(transport).addresses().getFirst();
        var socket =
                transport == Transport.TLS
                        ? CLIENT.createSocket(address.getAddress(), address.getPort())
                        : new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    static byte[] query(int id, String name, int type) throws IOException {
        var message = new Message(id);
        message.addRecord(
                Record.newRecord(Name.fromString(name), type, DClass.IN), Section.QUESTION);
        return message.toWire();
    }

    static byte[] query(int id) throws IOException {
        return query(id, "www.example.com.", Type.A);
    }

    static void send(Socket socket, byte[] query) throws IOException {
        var out = new DataOutputStream(socket.getOutputStream());
        out.write(new byte[] {(byte) (query.length >> 8), (byte) query.length});
        out.write(query);
        out.flush();
    }

    static Message receive(Socket socket) throws IOException {
        var in = new DataInputStream(socket.getInputStream());
        byte[] response = new byte[in.readUnsignedShort()];
        in.readFully(response);
        return new Message(response);
    }

    @Override
    public void close() {
        udp.close();
        tcp.close();
        tls.close();
        quic.close();
        handshakes.close();
        loops.close();
    }
}
