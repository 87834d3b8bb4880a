package meridian.dns.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import meridian.dns.ResolverAddress;
import meridian.dns.ServerCookies;
import meridian.dns.wire.Cookie;
import meridian.topology.Network;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.CookieOption;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;

/// Real connections of a load balancer, which this machine is taken for.
class ProxyTransportIT {

    private static final InetSocketAddress CLIENT =
            new InetSocketAddress(InetAddress.ofLiteral("203.0.113.9"), 4711);
    private static final InetSocketAddress ANOTHER =
            new InetSocketAddress(InetAddress.ofLiteral("203.0.113.10"), 4711);

    private static final TcpLimits LIMITS = new TcpLimits(Duration.ofMillis(1_500), 20, 1);
    private static final List<Network> HERE = List.of(Network.of("127.0.0.0/8"));

    private Served served;
    private EventLoops loops;
    private TcpTransport tcp;
    private TcpTransport tls;

    @BeforeEach
    void start() throws IOException {
        served = Served.patient();
        loops = EventLoops.of(1);
        tcp = open(HERE, Optional.empty());
        tls = open(HERE, Optional.of(served.handshakes));
    }

    private TcpTransport open(List<Network> proxies, Optional<TlsHandshakes> handshakes)
            throws IOException {
        var entrance = new Entrance(proxies, handshakes);
        return TcpTransport.open(Served.ANY_PORT, entrance, served.responder, LIMITS, loops);
    }

    @AfterEach
    void stop() {
        tcp.close();
        tls.close();
        loops.close();
        served.close();
    }

    /// A server cookie is for one address.
    @Test
    void theClientOfTheHeaderIsAnswered() throws IOException {
        try (var socket = connect(tcp)) {
            socket.getOutputStream().write(ProxyReaderTest.from(CLIENT));
            var query = new Message(Served.query(7));
            var cookie = new GenericEDNSOption(Cookie.CODE, new byte[8]);
            query.addRecord(new OPTRecord(1232, 0, 0, 0, List.of(cookie)), Section.ADDITIONAL);
            Served.send(socket, query.toWire());
            byte[] server =
                    ((CookieOption) Served.receive(socket).getOPT().getOptions(10).getFirst())
                            .getServerCookie()
                            .orElseThrow();
            assertThat(standing(server, CLIENT)).isEqualTo(ServerCookies.Standing.VALID);
            assertThat(standing(server, ANOTHER)).isEqualTo(ServerCookies.Standing.INVALID);
        }
    }

    private ServerCookies.Standing standing(byte[] server, InetSocketAddress client) {
        ServerCookies cookies = served.responder.cookies();
        var from = new ResolverAddress();
        from.set(client);
        var halves = ByteBuffer.wrap(server);
        return cookies.standing(0, true, halves.getLong(), halves.getLong(), from, cookies.now());
    }

    @Test
    void limitsAreThoseOfTheClient() throws IOException {
        try (var one = connect(tcp);
                var two = connect(tcp);
                var three = connect(tcp)) {
            assertThat(isServed(one, CLIENT)).isTrue();
            assertThat(isServed(two, ANOTHER)).isTrue();
            three.getOutputStream().write(ProxyReaderTest.from(CLIENT));
            assertThat(three.getInputStream().read()).isEqualTo(-1);
            assertThat(tcp.openConnections()).isEqualTo(2);
            assertThat(tcp.refusedConnections()).isEqualTo(1);
            assertThat(tcp.headlessConnections()).isZero();
        }
        Awaitility.await().until(() -> tcp.openConnections() == 0);
    }

    @Test
    void theHeaderMayComeOctetByOctet() throws IOException {
        try (var socket = connect(tcp)) {
            socket.setTcpNoDelay(true);
            for (byte octet : ProxyReaderTest.from(CLIENT)) socket.getOutputStream().write(octet);
            Served.send(socket, Served.query(7));
            assertThat(Served.receive(socket).getHeader().getID()).isEqualTo(7);
        }
    }

    @Test
    void theHeaderMayComeWithAllTheRest() throws IOException {
        try (var socket = connect(tcp)) {
            byte[] header = ProxyReaderTest.from(CLIENT);
            byte[] query = QuicClient.framed(Served.query(7));
            byte[] all = Arrays.copyOf(header, header.length + query.length);
            System.arraycopy(query, 0, all, header.length, query.length);
            socket.getOutputStream().write(all);
            socket.shutdownOutput();
            assertThat(Served.receive(socket).getHeader().getID()).isEqualTo(7);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void theLoadBalancersOwnConnectionsAreServed() throws IOException {
        try (var socket = connect(tcp)) {
            socket.getOutputStream()
                    .write(ProxyReaderTest.octets("0d0a0d0a000d0a515549540a20000000"));
            Served.send(socket, Served.query(7));
            assertThat(Served.receive(socket).getHeader().getID()).isEqualTo(7);
        }
    }

    @Test
    void tlsComesAfterTheHeader() throws IOException {
        try (var plain = connect(tls)) {
            plain.getOutputStream().write(ProxyReaderTest.from(CLIENT));
            try (var socket =
                    TestIdentities.credulous()
                            .getSocketFactory()
                            .createSocket(plain, "localhost", 853, true)) {
                Served.send(socket, Served.query(7));
                assertThat(Served.receive(socket).getHeader().getID()).isEqualTo(7);
            }
        }
    }

    @Test
    void whatHasNoHeaderIsClosedAndCounted() throws IOException {
        try (var socket = connect(tcp)) {
            Served.send(socket, Served.query(7));
            assertIsRefused(socket);
        }
    }

    @Test
    void whatEndsOrStandsStillInItsHeaderIsClosedAndCounted() throws IOException {
        byte[] header = ProxyReaderTest.from(CLIENT);
        try (var ended = connect(tcp)) {
            ended.getOutputStream().write(header, 0, header.length - 1);
            ended.shutdownOutput();
            assertIsRefused(ended);
        }
        try (var still = connect(tcp)) {
            still.getOutputStream().write(header, 0, header.length - 1);
            assertThat(still.getInputStream().read()).isEqualTo(-1);
            assertThat(tcp.headlessConnections()).isEqualTo(2);
        }
    }

    private void assertIsRefused(Socket socket) throws IOException {
        try {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        } catch (SocketException _) {
            // reset, for we did not read what came after
        }
        assertThat(tcp.headlessConnections()).isEqualTo(1);
        assertThat(tcp.openConnections()).isZero();
    }

    @Test
    void fromElsewhereNoHeaderIsTaken() throws IOException {
        try (var other = open(List.of(Network.of("192.0.2.0/24")), Optional.empty())) {
            try (var socket = connect(other)) {
                Served.send(socket, Served.query(7));
                assertThat(Served.receive(socket).getHeader().getID()).isEqualTo(7);
            }
            try (var socket = connect(other)) {
                assertThat(isServedAfter(socket, ProxyReaderTest.from(CLIENT))).isFalse();
            }
        }
    }

    private static Socket connect(TcpTransport to) throws IOException {
        InetSocketAddress address = to.addresses().getFirst();
        var socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static boolean isServed(Socket socket, InetSocketAddress client) throws IOException {
        return isServedAfter(socket, ProxyReaderTest.from(client));
    }

    private static boolean isServedAfter(Socket socket, byte[] header) throws IOException {
        socket.getOutputStream().write(header);
        Served.send(socket, Served.query(7));
        try {
            return Served.receive(socket).getHeader().getID() == 7;
        } catch (EOFException _) {
            return false;
        }
    }
}
