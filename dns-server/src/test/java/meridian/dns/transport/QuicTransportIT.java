package meridian.dns.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.quic.QuicStreamType;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import meridian.dns.Transport;
import meridian.dns.wire.Keepalive;
import meridian.dns.wire.Padding;
import meridian.dns.wire.Rcode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Real connections by Netty's client, which speaks QUIC through the same library as the server. An
/// independent one asks in `DnsOverQuicIT` of the system tests.
class QuicTransportIT {

    @Test
    void aQueryIsAnsweredAndItsStreamEnds() throws IOException {
        try (var served = Served.patient();
                var client = client(served)) {
            assertThat(client.ask(Served.query(0)).getSection(Section.ANSWER)).hasSize(1);
            assertThat(client.ask(Served.query(0)).getSection(Section.ANSWER)).hasSize(1);
            assertThat(answered(served)).isEqualTo(2);
            assertThat(served.handshakes.counts()).isEqualTo(new TlsHandshakes.Counts(1, 0));
        }
    }

    private static QuicClient client(Served served) throws IOException {
        return new QuicClient(served.quic.addresses().getFirst());
    }

    private static long answered(Served served) {
        return served.responder.counts().responses(Transport.QUIC, Rcode.NOERROR);
    }

    @Test
    void manyQueriesMayBeOpenAtOnceAndResponsesMayBeLong() throws IOException {
        byte[] query = Served.query(0, "big.example.com.", Type.TXT);
        try (var served = Served.patient();
                var client = client(served)) {
            for (int round = 0; round < 3; round++) {
                var streams = new ArrayList<QuicClient.Stream>();
                for (int i = 0; i < QuicConnection.STREAMS; i++)
                    streams.add(client.sent(QuicClient.framed(query)));
                for (QuicClient.Stream stream : streams)
                    assertThat(stream.response().numBytes()).isGreaterThan(30_000);
            }
        }
    }

    @Test
    void aQueryMayComeOctetByOctet() throws IOException {
        try (var served = Served.patient();
                var client = client(served)) {
            QuicClient.Stream stream = client.open();
            for (byte octet : QuicClient.framed(Served.query(0))) stream.send(new byte[] {octet});
            stream.end();
            assertThat(stream.response().getSection(Section.ANSWER)).hasSize(1);
        }
    }

    @Test
    void aResponseIsPaddedIfTheQueryAsksForIt() throws IOException {
        try (var served = Served.patient();
                var client = client(served)) {
            byte[] query = withOption(Padding.CODE);
            assertThat(client.ask(query).numBytes()).isEqualTo(468);
        }
    }

    private static byte[] withOption(int code) throws IOException {
        return withOption(code, new byte[0]);
    }

    private static byte[] withOption(int code, byte[] octets) throws IOException {
        var query = new Message(Served.query(0));
        var option = new GenericEDNSOption(code, octets);
        query.addRecord(new OPTRecord(1232, 0, 0, 0, List.of(option)), Section.ADDITIONAL);
        return query.toWire();
    }

    @Test
    void theKeepaliveOptionIsAProtocolError() throws IOException {
        assertThat(codeAfter(QuicClient.framed(withOption(Keepalive.CODE))))
                .isEqualTo(QuicError.PROTOCOL.code());
    }

    @Test
    void anIdThatIsNot0IsAProtocolError() throws IOException {
        assertThat(codeAfter(QuicClient.framed(Served.query(7))))
                .isEqualTo(QuicError.PROTOCOL.code());
    }

    @Test
    void twoQueriesOnOneStreamAreAProtocolError() throws IOException {
        byte[] one = QuicClient.framed(Served.query(0));
        byte[] two = Arrays.copyOf(one, 2 * one.length);
        System.arraycopy(one, 0, two, one.length, one.length);
        assertThat(codeAfter(two)).isEqualTo(QuicError.PROTOCOL.code());
    }

    @Test
    void anEndBeforeTheEndOfTheQueryIsAProtocolError() throws IOException {
        byte[] query = QuicClient.framed(Served.query(0));
        for (int length : new int[] {0, 1, 2, query.length - 1})
            assertThat(codeAfter(Arrays.copyOf(query, length)))
                    .as("after %d octets", length)
                    .isEqualTo(QuicError.PROTOCOL.code());
    }

    @Test
    void aQueryThatIsGivenUpEndsItsStreamAlone() throws IOException {
        byte[] query = QuicClient.framed(Served.query(0));
        try (var served = Served.patient();
                var client = client(served)) {
            for (int length : new int[] {1, 2, query.length - 1, query.length}) {
                QuicClient.Stream given = client.open();
                given.send(Arrays.copyOf(query, length));
                assertThat(client.ask(Served.query(0)).getSection(Section.ANSWER)).hasSize(1);
                given.giveUp();
                assertThatThrownBy(given::response)
                        .as("after %d octets", length)
                        .hasMessageContaining("STREAM_RESET");
            }
            assertThat(client.ask(Served.query(0)).getSection(Section.ANSWER)).hasSize(1);
            assertThat(answered(served)).as("none of those given up").isEqualTo(5);
        }
    }

    /// More of them than may be open at once: each must leave room for another.
    @Test
    void whoGivesUpManyQueriesKeepsTheConnection() throws IOException {
        byte[] query = QuicClient.framed(Served.query(0));
        try (var served = Served.patient();
                var client = client(served)) {
            for (int i = 0; i < 3 * QuicConnection.STREAMS; i++) {
                QuicClient.Stream given = client.open();
                given.send(Arrays.copyOf(query, i % (query.length + 1)));
                if (i % 2 == 0) given.takeNothing();
                given.giveUp();
            }
            assertThat(client.ask(Served.query(0)).getSection(Section.ANSWER)).hasSize(1);
            assertThat(served.responder.counts().defects()).isZero();
        }
    }

    @Test
    void aResponseThatIsNotWantedEndsItsStreamAlone() throws IOException {
        try (var served = Served.patient();
                var client = client(served)) {
            for (int i = 0; i < 3 * QuicConnection.STREAMS; i++) {
                QuicClient.Stream unwanted = client.open();
                unwanted.takeNothing();
                unwanted.send(QuicClient.framed(Served.query(0)));
                unwanted.end();
            }
            assertThat(client.ask(Served.query(0)).getSection(Section.ANSWER)).hasSize(1);
        }
    }

    @Test
    void whatIsNoQueryIsAProtocolError() throws IOException {
        byte[] response = Served.query(0);
        response[2] = (byte) 0x80;
        assertThat(codeAfter(QuicClient.framed(response))).isEqualTo(QuicError.PROTOCOL.code());
    }

    private static int codeAfter(byte[] octets) throws IOException {
        try (var served = Served.patient();
                var client = client(served)) {
            client.sent(octets);
            return client.closedWith();
        }
    }

    @Test
    void aQueryOfManyKibibytesIsTooMuch() throws IOException {
        assertThat(codeAfter(new byte[] {0x10, 0x01})).isEqualTo(QuicError.EXCESSIVE_LOAD.code());
    }

    @Test
    void queriesThatNeverEndMayHoldOnlySoMuch() throws IOException {
        byte[] unfinished = new byte[4_000];
        unfinished[0] = 0x10;
        try (var served = Served.patient();
                var client = client(served)) {
            openEach(client, 40, unfinished);
            assertThat(client.closedWith()).isEqualTo(QuicError.EXCESSIVE_LOAD.code());
        }
    }

    private static void openEach(QuicClient client, int count, byte[] octets) {
        try {
            for (int i = 0; i < count; i++) client.open().send(octets.clone());
        } catch (IOException _) {
            // it was closed meanwhile
        }
    }

    @Test
    void whatQueriesHeldIsFreeOnceTheyAreAnswered() throws IOException {
        byte[] query = withOption(Padding.CODE, new byte[3_900]);
        try (var served = Served.patient();
                var client = client(served)) {
            for (int i = 0; i < 80; i++)
                assertThat(client.ask(query).getSection(Section.ANSWER)).hasSize(1);
        }
    }

    @Test
    void whoTakesNothingCannotMakeQueriesWaitWithoutEnd() throws IOException {
        try (var served = Served.patient();
                var client = QuicClient.takingNothing(served.quic.addresses().getFirst())) {
            fill(client);
            for (int i = 0; i < 200 && client.connection.isActive(); i++) {
                Awaitility.await()
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> isRoom(client) || !client.connection.isActive());
                if (client.connection.isActive()) giveUp(client);
            }
            assertThat(client.closedWith()).isEqualTo(QuicError.EXCESSIVE_LOAD.code());
        }
    }

    /// Responses that wait for the client, more of them than others wait for.
    private static void fill(QuicClient client) throws IOException {
        byte[] query = Served.query(0, "big.example.com.", Type.TXT);
        for (int i = 0; i < 3; i++) client.sent(QuicClient.framed(query));
    }

    private static boolean isRoom(QuicClient client) {
        return client.connection.peerAllowedStreams(QuicStreamType.BIDIRECTIONAL) > 0;
    }

    private static void giveUp(QuicClient client) {
        try {
            QuicClient.Stream stream = client.sent(QuicClient.framed(Served.query(0)));
            var _ = stream.channel().shutdownInput(3);
        } catch (IOException _) {
            // it was closed meanwhile
        }
    }

    @Test
    void askingOnKeepsNoConnectionOfWhoTakesNothing() throws IOException {
        try (var served = new Served(new TcpLimits(Duration.ofSeconds(1), 20, 10));
                var client = QuicClient.takingNothing(served.quic.addresses().getFirst())) {
            fill(client);
            Awaitility.await()
                    .until(
                            () -> {
                                giveUp(client);
                                return !client.connection.isActive();
                            });
            assertThat(client.closedWith()).isEqualTo(QuicError.NONE.code());
        }
    }

    @Test
    void noStreamOfOneDirectionCanBeOpened() throws IOException {
        try (var served = Served.patient();
                var client = client(served)) {
            assertThat(client.connection.peerAllowedStreams(QuicStreamType.UNIDIRECTIONAL))
                    .isZero();
        }
    }

    @Test
    void whoOffersAnotherProtocolIsNotServed() throws IOException {
        try (var served = Served.patient()) {
            var address = served.quic.addresses().getFirst();
            assertThatThrownBy(() -> new QuicClient(address, "first", "h3"))
                    .isInstanceOf(IOException.class);
            Awaitility.await()
                    .untilAsserted(
                            () ->
                                    assertThat(served.handshakes.counts())
                                            .isEqualTo(new TlsHandshakes.Counts(0, 1)));
        }
    }

    @Test
    void theNextHandshakeShowsTheNewCertificateAndOpenConnectionsGoOn() throws IOException {
        try (var served = Served.patient();
                var before = client(served)) {
            served.quicHandshakes.identify(TestIdentities.of("second"));
            try (var after = new QuicClient(served.quic.addresses().getFirst(), "second", "doq")) {
                var shown =
                        (X509Certificate)
                                after.connection.sslEngine().getSession().getPeerCertificates()[0];
                assertThat(shown.getSubjectX500Principal().getName())
                        .isEqualTo("CN=second.example.com");
            }
            assertThat(before.ask(Served.query(0)).getSection(Section.ANSWER)).hasSize(1);
        }
    }

    @Test
    void aKeyOfRsaServesToo() throws IOException {
        try (var served = Served.patient()) {
            served.quicHandshakes.identify(TestIdentities.of("rsa"));
            try (var client = new QuicClient(served.quic.addresses().getFirst(), "rsa", "doq")) {
                assertThat(client.ask(Served.query(0)).getSection(Section.ANSWER)).hasSize(1);
            }
        }
    }

    @Test
    void aStreamThatStandsStillHoldsNoConnection() throws IOException {
        try (var served = new Served(new TcpLimits(Duration.ofSeconds(1), 20, 10));
                var client = client(served)) {
            QuicClient.Stream stream = client.open();
            stream.send(new byte[] {0, 50, 0, 0});
            assertThat(client.closedWith()).isEqualTo(QuicError.NONE.code());
            Awaitility.await().until(() -> served.quic.openConnections() == 0);
        }
    }

    @Test
    void oneClientGetsOnlySoManyConnections() throws IOException {
        var log = Logger.getLogger("io.netty.channel.DefaultChannelPipeline");
        var lines = new ConcurrentLinkedQueue<LogRecord>();
        log.setFilter(lines::add);
        try (var served = new Served(new TcpLimits(Duration.ofMinutes(1), 20, 1));
                var first = client(served)) {
            assertThatThrownBy(
                            () -> {
                                try (var second = client(served)) {
                                    second.ask(Served.query(0));
                                }
                            })
                    .isInstanceOf(IOException.class);
            // It may try again before it hears that it is refused.
            assertThat(served.quic.refusedConnections()).isPositive();
            assertThat(first.ask(Served.query(0)).getSection(Section.ANSWER)).hasSize(1);
            assertThat(lines).as("strangers write no log").isEmpty();
        } finally {
            log.setFilter(null);
        }
    }

    /// From the third on, more than a quarter of what is allowed is open.
    @Test
    void whoComesToABusyServerShowsItsAddressAndIsServed() throws IOException {
        try (var served = new Served(new TcpLimits(Duration.ofMinutes(1), 4, 4));
                var first = client(served);
                var second = client(served);
                var third = client(served)) {
            for (QuicClient client : List.of(first, second, third))
                assertThat(client.ask(Served.query(0)).getSection(Section.ANSWER)).hasSize(1);
        }
    }

    @Test
    void stoppingTellsTheClient() throws IOException {
        var served = Served.patient();
        try (var client = client(served)) {
            assertThat(client.ask(Served.query(0)).getSection(Section.ANSWER)).hasSize(1);
            served.close();
            assertThat(client.closedWith()).isEqualTo(QuicError.NONE.code());
        }
    }

    @Test
    void withoutACertificateNobodyIsServed() throws IOException {
        try (var served = Served.patient();
                var none = new TlsHandshakes();
                var loops = EventLoops.of(1);
                var quic =
                        QuicTransport.open(
                                Served.ANY_PORT,
                                new QuicHandshakes(none),
                                served.responder,
                                new TcpLimits(Duration.ofMillis(500), 20, 10),
                                loops)) {
            var address = quic.addresses().getFirst();
            assertThatThrownBy(() -> new QuicClient(address, "first", "doq", Duration.ofSeconds(2)))
                    .isInstanceOf(IOException.class);
            assertThat(none.counts().done()).isZero();
            assertThat(quic.openConnections()).isZero();
        }
    }
}
