package meridian.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import tech.kwik.core.QuicClientConnection;
import tech.kwik.core.QuicSessionTicket;
import tech.kwik.core.QuicStream;

/// DNS over QUIC as kwik sees it, which is written in Java and has no line in common with the
/// library by which Meridian speaks QUIC. It verifies the certificate.
class DnsOverQuicIT {

    private static final String RECORDS =
            """
            alias     CNAME mail
            *.wild    A     192.0.2.31
            text      TXT   "one" "two"
            """;

    @TempDir private static Path folder;

    private static Solo solo;

    @BeforeAll
    static void start() throws IOException {
        String large = "large TXT " + ("\"" + "x".repeat(200) + "\" ").repeat(50) + "\n";
        solo = Solo.encrypted(folder, "", Zones.SMALL + RECORDS + large);
    }

    @AfterAll
    static void end() {
        if (solo != null) solo.close();
    }

    @ParameterizedTest
    @CsvSource({
        "mail.example.com., A",
        "alias.example.com., A",
        "x.wild.example.com., A",
        "text.example.com., TXT",
        "large.example.com., TXT",
        "none.example.com., A",
        "mail.example.com., AAAA",
        "example.com., SOA",
        "example.org., A"
    })
    void anIndependentClientGetsTheAnswersOfUdp(String name, String type) throws Exception {
        QuicClientConnection connection = connection(Optional.empty());
        connection.connect();
        try {
            Message response = ask(connection, name, Type.value(type));
            Message overUdp = solo.node().dns().ask(name, Type.value(type));
            assertThat(response.getRcode()).isEqualTo(overUdp.getRcode());
            for (int section = Section.QUESTION; section <= Section.AUTHORITY; section++)
                assertThat(response.getSection(section)).isEqualTo(overUdp.getSection(section));
        } finally {
            connection.closeAndWait();
        }
    }

    /// A query in the first packet of a connection that goes on from an earlier one.
    @Test
    void aQueryMayComeBeforeTheHandshakeIsOver() throws Exception {
        QuicClientConnection first = connection(Optional.empty());
        first.connect();
        ask(first, "mail.example.com.", Type.A);
        Fleet.await("a ticket").until(() -> !first.getNewSessionTickets().isEmpty());
        QuicSessionTicket ticket = first.getNewSessionTickets().getFirst();
        first.closeAndWait();

        QuicClientConnection second = connection(Optional.of(ticket));
        var early =
                new QuicClientConnection.StreamEarlyData(
                        framed(query("mail.example.com.", Type.A)), true);
        try {
            QuicStream stream = second.connect(List.of(early)).getFirst();
            assertThat(stream).as("the server took it").isNotNull();
            assertThat(response(stream).getSection(Section.ANSWER)).hasSize(1);
        } finally {
            second.closeAndWait();
        }
    }

    @Test
    void whoDoesNotListenForQuicDoesNotLoadItsLibrary() throws Exception {
        assertThat(hasLibrary(solo)).isTrue();
        Path other = Files.createDirectory(folder.resolve("other"));
        try (var plain = Solo.start(other, "", Zones.SMALL)) {
            assertThat(hasLibrary(plain)).isFalse();
        }
    }

    private static boolean hasLibrary(Solo solo) throws IOException {
        Path maps = Path.of("/proc", "" + solo.node().process().pid(), "maps");
        return Files.readString(maps).contains("quiche");
    }

    private static QuicClientConnection connection(Optional<QuicSessionTicket> ticket)
            throws IOException, GeneralSecurityException {
        var builder =
                QuicClientConnection.newBuilder()
                        .host("localhost")
                        .preferIPv4()
                        .port(solo.tlsPort())
                        .applicationProtocol("doq")
                        .customTrustStore(trusting("first"));
        ticket.ifPresent(builder::sessionTicket);
        return builder.build();
    }

    private static KeyStore trusting(String name) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(Solo.certificate(name, ".pem"))) {
            var certificate = CertificateFactory.getInstance("X.509").generateCertificate(pem);
            store.setCertificateEntry(name, certificate);
        }
        return store;
    }

    private static Message ask(QuicClientConnection connection, String name, int type)
            throws IOException {
        QuicStream stream = connection.createStream(true);
        stream.getOutputStream().write(framed(query(name, type)));
        stream.getOutputStream().close();
        return response(stream);
    }

    private static byte[] query(String name, int type) throws IOException {
        var query = new Message(0);
        query.addRecord(Record.newRecord(Name.fromString(name), type, DClass.IN), Section.QUESTION);
        query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
        return query.toWire();
    }

    private static byte[] framed(byte[] message) {
        return ByteBuffer.allocate(2 + message.length)
                .putShort((short) message.length)
                .put(message)
                .array();
    }

    private static Message response(QuicStream stream) throws IOException {
        ByteBuffer framed = ByteBuffer.wrap(stream.getInputStream().readAllBytes());
        byte[] message = new byte[framed.getShort() & 0xffff];
        framed.get(message);
        assertThat(framed.hasRemaining()).as("more than one response").isFalse();
        return new Message(message);
    }
}
