package meridian.dns.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocket;
import meridian.dns.Transport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;

/// Handshakes, and what of a connection is different within TLS; all else is [TcpTransportIT]'s.
class TlsTransportIT {

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void bothVersionsAreServed(String version) throws IOException {
        try (var served = Served.patient();
                var socket = (SSLSocket) served.connect(Transport.TLS)) {
            socket.setEnabledProtocols(new String[] {version});
            assertThat(isServed(socket)).isTrue();
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
        }
    }

    @Test
    void theProtocolOfDnsOverTlsIsAgreedOn() throws IOException {
        assertThat(agreedOn("dot")).isEqualTo("dot");
    }

    @Test
    void whoOffersAnotherProtocolIsServedWithoutOne() throws IOException {
        assertThat(agreedOn("h2")).isEmpty();
    }

    private static String agreedOn(String offered) throws IOException {
        try (var served = Served.patient();
                var socket = (SSLSocket) served.connect(Transport.TLS)) {
            var parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {offered});
            socket.setSSLParameters(parameters);
            assertThat(isServed(socket)).isTrue();
            return socket.getApplicationProtocol();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ed25519"})
    void keysOfEveryKindServe(String kind) throws IOException {
        try (var served = Served.patient()) {
            served.handshakes.identify(TestIdentities.of(kind));
            assertThat(shown(served)).isEqualTo("CN=" + kind + ".example.com");
        }
    }

    @Test
    void theNextHandshakeShowsTheNewCertificateAndOpenConnectionsGoOn() throws IOException {
        try (var served = Served.patient();
                var before = (SSLSocket) served.connect(Transport.TLS)) {
            assertThat(isServed(before)).isTrue();
            served.handshakes.identify(TestIdentities.of("second"));
            assertThat(shown(served)).isEqualTo("CN=second.example.com");
            assertThat(isServed(before)).isTrue();
        }
    }

    private static String shown(Served served) throws IOException {
        try (var socket = (SSLSocket) served.connect(Transport.TLS)) {
            assertThat(isServed(socket)).isTrue();
            var certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return certificate.getSubjectX500Principal().getName();
        }
    }

    @Test
    void aHandshakeThatStandsStillIsClosedAsIdle() throws IOException {
        try (var served = new Served(new TcpLimits(Duration.ofMillis(200), 20, 10));
                var socket = plain(served)) {
            assertThat(socket.getInputStream().readAllBytes()).hasSizeLessThan(100);
            assertThat(served.tls.refusedConnections()).isZero();
        }
        // Stopping does not wait for it either.
        var served = Served.patient();
        try (var socket = plain(served)) {
            awaitOpen(served, 1);
            served.close();
            assertThat(socket.getInputStream().readAllBytes()).hasSizeLessThan(100);
        }
    }

    @Test
    void handshakesThatStandStillCountAgainstTheLimits() throws IOException {
        try (var served = new Served(new TcpLimits(Duration.ofMinutes(1), 20, 1));
                var _ = plain(served)) {
            awaitOpen(served, 1);
            try (var second = plain(served)) {
                assertThat(second.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(served.tls.refusedConnections()).isEqualTo(1);
        }
    }

    private static void awaitOpen(Served served, int connections) {
        Awaitility.await().until(() -> served.tls.openConnections() == connections);
    }

    @Test
    void whoComesInTheClearIsClosedAndCounted() throws IOException {
        try (var served = Served.patient();
                var socket = plain(served)) {
            Served.send(socket, Served.query(7));
            assertThat(socket.getInputStream().readAllBytes()).hasSizeLessThan(100);
            assertThat(served.handshakes.counts()).isEqualTo(new TlsHandshakes.Counts(0, 1));
        }
    }

    @Test
    void withoutACertificateNobodyIsServed() throws IOException {
        try (var served = Served.patient();
                var none = new TlsHandshakes();
                var loops = EventLoops.of(1);
                var tls =
                        TcpTransport.open(
                                Served.ANY_PORT,
                                Served.encrypted(none),
                                served.responder,
                                new TcpLimits(Duration.ofMinutes(1), 20, 10),
                                loops);
                var socket =
                        new Socket(
                                tls.addresses().getFirst().getAddress(),
                                tls.addresses().getFirst().getPort())) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            assertThat(none.counts()).isEqualTo(new TlsHandshakes.Counts(0, 1));
        }
    }

    @Test
    void aConnectionThatIsCutWithoutAGoodbyeLeavesNothing() throws IOException {
        try (var served = Served.patient()) {
            try (var cut = plain(served)) {
                cut.setSoLinger(true, 0);
                var socket =
                        (SSLSocket)
                                TestIdentities.credulous()
                                        .getSocketFactory()
                                        .createSocket(cut, "localhost", 853, false);
                socket.startHandshake();
                awaitOpen(served, 1);
            }
            awaitOpen(served, 0);
        }
    }

    @Test
    void responsesArePaddedAndTellTheIdleTimeout() throws IOException {
        try (var served = Served.patient();
                var socket = served.connect(Transport.TLS)) {
            var query = new Message(Served.query(7));
            query.addRecord(
                    new OPTRecord(
                            1232,
                            0,
                            0,
                            0,
                            List.of(
                                    new GenericEDNSOption(11, new byte[0]),
                                    new GenericEDNSOption(12, new byte[9]))),
                    Section.ADDITIONAL);
            Served.send(socket, query.toWire());
            Message response = Served.receive(socket);
            assertThat(response.numBytes()).isEqualTo(468);
            assertThat(response.getOPT().getOptions(11)).hasSize(1);
        }
    }

    private static Socket plain(Served served) throws IOException {
        var address = served.tls.addresses().getFirst();
        var socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static boolean isServed(Socket socket) throws IOException {
        Served.send(socket, Served.query(7));
        return Served.receive(socket).getHeader().getID() == 7;
    }
}
