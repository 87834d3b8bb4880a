package meridian.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import meridian.dns.limit.RateLimit;
import meridian.dns.limit.RateLimiter;
import meridian.dns.ready.FastPath;
import meridian.dns.signed.TestSigning;
import meridian.dns.wire.ExtendedError;
import meridian.dns.zone.Zone;
import meridian.dns.zone.Zones;
import meridian.record.DomainName;
import meridian.record.ZoneContents;
import meridian.signing.Denial;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// How much longer than its query a response over UDP is, as `docs/reflection.md` says.
class AmplificationTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "reflection.md");
    private static final boolean UPDATE = "update".equals(System.getProperty("meridian.golden"));
    private static final String BEGIN = "<!-- table -->\n";
    private static final String END = "<!-- end -->\n";

    private static final InetSocketAddress CLIENT =
            new InetSocketAddress(InetAddress.ofLiteral("198.51.100.7"), 5353);
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

    private static final ZoneContents CONTENTS =
            ZoneText.parse(
                    "example.com",
                    """
                    $TTL 3600
                    @     SOA  ns1 hostmaster 1 3600 900 604800 300
                    @     NS   ns1
                    @     NS   ns2
                    @     NS   ns3
                    @     NS   ns4
                    ns1   A    192.0.2.1
                    ns1   AAAA 2001:db8::1
                    ns2   A    192.0.2.2
                    ns2   AAAA 2001:db8::2
                    ns3   A    192.0.2.3
                    ns3   AAAA 2001:db8::3
                    ns4   A    192.0.2.4
                    ns4   AAAA 2001:db8::4
                    www   A    192.0.2.80
                    text  TXT  "%1$s" "%1$s"
                    long  TXT  "%1$s" "%1$s" "%1$s" "%1$s" "%1$s" "%1$s"
                    child NS   ns.child
                    ns.child A 192.0.2.53
                    """
                            .formatted("x".repeat(200)));

    /// @param size the payload size that it takes; 0: no EDNS, and so no DO
    private record Asked(String text, String name, int type, int dnsClass, int size) {

        ByteBuffer query() throws IOException {
            var message = new Message(4711);
            Name asked = Name.fromString(name);
            message.addRecord(Record.newRecord(asked, type, dnsClass), Section.QUESTION);
            if (size > 0) message.addRecord(new OPTRecord(size, 0, 0, 0x8000), Section.ADDITIONAL);
            return ByteBuffer.wrap(message.toWire());
        }
    }

    private static final List<Asked> QUESTIONS =
            List.of(
                    in("an address", "www.example.com.", Type.A, 0),
                    in("an address, with DO", "www.example.com.", Type.A, 4096),
                    in("a name that does not exist", "nothere.example.com.", Type.A, 0),
                    in("a name that does not exist, with DO", "nothere.example.com.", Type.A, 4096),
                    in("NS of the apex", "example.com.", Type.NS, 0),
                    in("NS of the apex, with DO", "example.com.", Type.NS, 4096),
                    in("DNSKEY of the apex, with DO", "example.com.", Type.DNSKEY, 4096),
                    in("ANY of the apex, with DO", "example.com.", Type.ANY, 4096),
                    in("a referral, with DO", "www.child.example.com.", Type.A, 4096),
                    in("TXT of 400 octets, with DO", "text.example.com.", Type.TXT, 4096),
                    in("TXT of 1200 octets, with DO", "long.example.com.", Type.TXT, 4096),
                    in("a name that is not ours", "www.example.net.", Type.A, 0),
                    in("a name that is not ours, with DO", "www.example.net.", Type.A, 4096),
                    new Asked("`version.bind`", "version.bind.", Type.TXT, DClass.CH, 0));

    private static Asked in(String text, String name, int type, int size) {
        return new Asked(text, name, type, DClass.IN, size);
    }

    private final Snapshot snapshot = snapshot(Denial.NSEC);
    private final Responder responder = responder(snapshot);
    private final UdpAnswers answers = new FastPath(() -> snapshot, responder, () -> 0);

    private static Snapshot snapshot(Denial denial) {
        Zone zone =
                TestSigning.of(denial, "example.com")
                        .signer(DomainName.of("example.com"))
                        .orElseThrow()
                        .sign(CONTENTS, List.of(), _ -> 20);
        return new Snapshot(
                new Zones(List.of(zone)),
                (_, _, _, _) -> new SteeredAnswers.Choice(Optional.empty(), 0));
    }

    private static Responder responder(Snapshot snapshot) {
        return new Responder(
                () -> snapshot,
                () -> 0,
                Responder.Limits.DEFAULT,
                ServerCookies.of(new byte[16], CLOCK),
                new Told(Optional.of("use1"), Optional.of("Meridian 0.1.0"), Explanations.NONE),
                CLOCK);
    }

    @Test
    void theDocumentSaysHowMuchLongerResponsesAre() throws IOException {
        var table = new StringBuilder("| the question | query | response | factor |\n");
        table.append("|---|---|---|---|\n");
        for (Asked asked : QUESTIONS) table.append(row(asked.text(), asked, answers));
        table.append(
                row(
                        "a name that does not exist, with DO, of a zone with NSEC3",
                        QUESTIONS.get(3),
                        hashed()));
        table.append(row("any of them, over the limit, if anything", QUESTIONS.get(9), slipping()));
        String document = Files.readString(DOCUMENT);
        int begin = document.indexOf(BEGIN) + BEGIN.length();
        int end = document.indexOf(END);
        String shown = document.substring(begin, end);
        if (UPDATE) {
            Files.writeString(
                    DOCUMENT, document.substring(0, begin) + table + document.substring(end));
        } else {
            assertThat(shown).isEqualTo(table.toString());
        }
    }

    @Test
    void whatIsOverTheLimitIsNoLongerThanItsQuery() throws IOException {
        for (Asked asked : QUESTIONS) {
            UdpAnswers slipping = slipping();
            answer(slipping, asked);
            int why = asked.size() > 0 ? ExtendedError.LENGTH : 0;
            assertThat(answer(slipping, asked))
                    .as(asked.text())
                    .isLessThanOrEqualTo(asked.query().remaining() + why);
        }
    }

    private String row(String text, Asked asked, UdpAnswers answering) throws IOException {
        answer(answering, asked);
        int query = asked.query().remaining();
        int response = answer(answering, asked);
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %.1f |\n",
                text,
                query,
                response,
                (double) response / query);
    }

    private static UdpAnswers hashed() {
        Snapshot snapshot = snapshot(Denial.NSEC3);
        return new FastPath(() -> snapshot, responder(snapshot), () -> 0);
    }

    /// From the second response on over the limit, all of which slip.
    private UdpAnswers slipping() {
        var limit = new RateLimit(1, 1, List.of());
        return new RateLimiter(limit, responder, () -> 0, 0).limiting(() -> answers).get();
    }

    private static int answer(UdpAnswers answering, Asked asked) throws IOException {
        var from = new ResolverAddress();
        from.set(CLIENT);
        return answering.answer(asked.query(), from, ByteBuffer.allocate(Responder.PAYLOAD_SIZE));
    }
}
