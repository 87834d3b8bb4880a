package meridian.dns.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.crypto.spec.SecretKeySpec;
import meridian.dns.ResolverAddress;
import meridian.dns.Responder;
import meridian.dns.ServerCookies;
import meridian.dns.Snapshot;
import meridian.dns.SteeredAnswers;
import meridian.dns.Told;
import meridian.dns.UdpAnswers;
import meridian.dns.ZoneText;
import meridian.dns.limit.RateLimiter.Outcome;
import meridian.dns.ready.FastPath;
import meridian.dns.wire.Cookie;
import meridian.dns.zone.Zone;
import meridian.dns.zone.Zones;
import meridian.topology.Network;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;

class RateLimiterTest {

    private static final long SEED = 20261128;
    private static final int PER_SECOND = 100;
    private static final String CLIENT = "198.51.100.7";
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
    private static final ServerCookies COOKIES = ServerCookies.of(new byte[16], CLOCK);

    private static final Snapshot SNAPSHOT =
            new Snapshot(
                    new Zones(
                            List.of(
                                    Zone.of(
                                            ZoneText.parse(
                                                    "example.com",
                                                    """
                                                    @   3600 IN SOA ns1 hostmaster 1 3600 900 604800 300
                                                    @   3600 IN NS  ns1
                                                    sub 3600 IN NS  ns1
                                                    ns1 3600 IN A   192.0.2.53
                                                    """),
                                            List.of()))),
                    (_, _, _, _) -> new SteeredAnswers.Choice(Optional.empty(), 0));

    private final ResolverAddress from = new ResolverAddress();
    private final ByteBuffer out = ByteBuffer.allocateDirect(Responder.PAYLOAD_SIZE);
    private final Responder responder =
            new Responder(
                    () -> SNAPSHOT,
                    () -> 0,
                    Responder.Limits.DEFAULT,
                    COOKIES,
                    Told.NOTHING,
                    CLOCK);
    private long nanos = 1_000_000_000L;
    private RateLimiter limiter = limiter(PER_SECOND, 2);
    private UdpAnswers answers = thread();

    private RateLimiter limiter(int perSecond, int slip) {
        var limit =
                new RateLimit(
                        perSecond,
                        slip,
                        List.of(Network.of("203.0.113.0/24"), Network.of("2001:db8:1::/48")));
        return new RateLimiter(limit, responder, () -> nanos, 42);
    }

    /// What answers the datagrams of one more thread.
    private UdpAnswers thread() {
        Supplier<UdpAnswers> fast = FastPath.forEach(() -> SNAPSHOT, responder);
        return limiter.limiting(fast).get();
    }

    private void limitTo(int perSecond, int slip) {
        limiter = limiter(perSecond, slip);
        answers = thread();
    }

    @Test
    void aNetworkGetsASecondsWorthAtOnceAndThenSoManyASecond() throws IOException {
        assertThat(whole("ns1", CLIENT, 3 * PER_SECOND)).isEqualTo(PER_SECOND);
        nanos += TimeUnit.MILLISECONDS.toNanos(100);
        assertThat(whole("ns1", CLIENT, PER_SECOND)).isEqualTo(PER_SECOND / 10);
        nanos += TimeUnit.HOURS.toNanos(1);
        assertThat(whole("ns1", CLIENT, 3 * PER_SECOND)).isEqualTo(PER_SECOND);
    }

    @Test
    void whoAsksNoMoreThanSoManyASecondGetsThemAll() throws IOException {
        for (int i = 0; i < 20 * PER_SECOND; i++) {
            assertThat(whole("ns1", CLIENT, 1)).as("response %d", i).isEqualTo(1);
            nanos += TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
        }
    }

    @Test
    void ofWhatIsTooMuchEachSecondIsAskedAgainOverTcpAndTheOthersAreDropped() throws IOException {
        whole("ns1", CLIENT, PER_SECOND);
        for (int i = 0; i < 10; i++) {
            int octets = answer("ns1", CLIENT);
            assertThat(octets > 0).as("response %d", i).isEqualTo(i % 2 == 1);
            assertThat(out.position()).isEqualTo(octets);
        }
        assertThat(limiter.count(Outcome.TRUNCATED)).isEqualTo(5);
        assertThat(limiter.count(Outcome.DROPPED)).isEqualTo(5);
    }

    @Test
    void withoutASlipAllOfItIsDropped() throws IOException {
        limitTo(PER_SECOND, 0);
        whole("ns1", CLIENT, PER_SECOND);
        for (int i = 0; i < 10; i++) assertThat(answer("ns1", CLIENT)).isZero();
        assertThat(limiter.count(Outcome.DROPPED)).isEqualTo(10);
    }

    @Test
    void whatIsAskedAgainOverTcpHasItsQuestionAndNoRecord() throws IOException {
        limitTo(1, 1);
        whole("ns1", CLIENT, 1);
        Message response = response(query("NS1", List.of(newCookie())), CLIENT);
        assertThat(response.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(response.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(response.getQuestion().getName()).hasToString("NS1.example.com.");
        assertThat(response.getSection(Section.ANSWER)).isEmpty();
        assertThat(response.getOPT().getOptions(Cookie.CODE)).hasSize(1);
    }

    /// It is no longer than the query, and would say nothing if its RCODE were gone.
    @Test
    void errorsSlipAsTheyAre() throws IOException {
        limitTo(1, 1);
        assertThat(responseFor("www.example.net.").getRcode()).isEqualTo(Rcode.REFUSED);
        Message second = responseFor("www.example.net.");
        assertThat(second.getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(second.getHeader().getFlag(Flags.TC)).isFalse();
        assertThat(limiter.count(Outcome.SENT)).isEqualTo(1);
    }

    @Test
    void eachKindOfResponseIsCountedByItself() throws IOException {
        limitTo(1, 0);
        List<String> kinds =
                List.of(
                        "ns1.example.com.",
                        "nothere.example.com.",
                        "x.sub.example.com.",
                        "www.example.net.");
        for (String name : kinds) assertThat(octets(name)).as("first for " + name).isPositive();
        for (String name : kinds) assertThat(octets(name)).as("second for " + name).isZero();
    }

    @Test
    void aNetworkIsA24OrA56() throws IOException {
        limitTo(1, 0);
        assertThat(answer("ns1", "198.51.100.7")).isPositive();
        assertThat(answer("ns1", "198.51.100.250")).isZero();
        assertThat(answer("ns1", "198.51.101.7")).isPositive();
        assertThat(answer("ns1", "2001:db8:0:100::1")).isPositive();
        assertThat(answer("ns1", "2001:db8:0:1ff:9::2")).isZero();
        assertThat(answer("ns1", "2001:db8:0:200::1")).isPositive();
    }

    @Test
    void networksOfTheListGetWhateverTheyAskFor() throws IOException {
        assertThat(whole("ns1", "203.0.113.9", 3 * PER_SECOND)).isEqualTo(3 * PER_SECOND);
        assertThat(whole("ns1", "2001:db8:1:9::1", 3 * PER_SECOND)).isEqualTo(3 * PER_SECOND);
        assertThat(whole("ns1", "2001:db8:2:9::1", 3 * PER_SECOND)).isEqualTo(PER_SECOND);
    }

    @Test
    void aGoodCookieShowsThatTheAddressIsNotForged() throws IOException {
        limitTo(1, 0);
        whole("ns1", CLIENT, 1);
        assertThat(octets(query("ns1", List.of(newCookie())), CLIENT)).isZero();
        assertThat(octets(query("ns1", List.of(goodCookie())), CLIENT)).isPositive();
        assertThat(octets(query("ns1", List.of(goodCookie())), "198.51.100.8")).isZero();
        assertThat(limiter.count(Outcome.KNOWN)).isEqualTo(1);
    }

    @Test
    void theCookieOfASignedQueryIsAsGood() throws IOException {
        limitTo(1, 0);
        octets(signed(newCookie()), CLIENT);
        assertThat(octets(signed(newCookie()), CLIENT)).isZero();
        assertThat(octets(signed(goodCookie()), CLIENT)).isPositive();
        assertThat(limiter.count(Outcome.KNOWN)).isEqualTo(1);
    }

    /// With a TSIG record, which is the last (RFC 8945 §5.1), so that OPT is not alone.
    private static ByteBuffer signed(EDNSOption cookie) throws IOException {
        var message = new Message(query("ns1", List.of(cookie)));
        message.setTSIG(
                new TSIG(
                        TSIG.HMAC_SHA256,
                        Name.fromConstantString("key."),
                        new SecretKeySpec(new byte[16], "HMAC")));
        return ByteBuffer.wrap(message.toWire(Message.MAXLENGTH));
    }

    @Test
    void threadsCountTogether() throws IOException {
        int first = whole("ns1", CLIENT, PER_SECOND / 2);
        answers = thread();
        assertThat(first + whole("ns1", CLIENT, PER_SECOND)).isEqualTo(PER_SECOND);
    }

    @Test
    void aThreadThatHasRestedDoesNotHoldBackWhatMayBeSentNow() throws IOException {
        UdpAnswers rested = answers;
        whole("ns1", "192.0.2.1", 1);
        answers = thread();
        nanos += TimeUnit.HOURS.toNanos(1);
        whole("ns1", CLIENT, PER_SECOND);
        nanos += TimeUnit.SECONDS.toNanos(1);
        answers = rested;
        assertThat(whole("ns1", CLIENT, PER_SECOND)).isEqualTo(PER_SECOND);
    }

    @Test
    void whatIsWithinTheLimitAllocatesNothing() throws IOException {
        limitTo(1_000_000, 2);
        assertAllocatesNothing(2);
        assertThat(limiter.count(Outcome.DROPPED)).isZero();
    }

    /// There may be a flood of it.
    @Test
    void whatIsOverTheLimitAllocatesNothingEither() throws IOException {
        limitTo(1, 2);
        assertAllocatesNothing(0);
        assertThat(limiter.count(Outcome.DROPPED)).isPositive();
        assertThat(limiter.count(Outcome.TRUNCATED)).isPositive();
    }

    /// Shown by the JVM's own count of what this thread allocated.
    ///
    /// @param seconds that pass before each round
    private void assertAllocatesNothing(int seconds) throws IOException {
        ByteBuffer query = query("ns1", List.of(newCookie()));
        from.set(new InetSocketAddress(InetAddress.ofLiteral(CLIENT), 5353));
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = Long.MAX_VALUE;
        // The JVM's own warming up costs an object now and then; what a query costs, all rounds do.
        for (int round = 0; round < 10 && allocated > 0; round++) {
            nanos += TimeUnit.SECONDS.toNanos(seconds);
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 100_000; i++) answers.answer(query, from, out.clear());
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(allocated).as("octets allocated by 100,000 queries").isZero();
    }

    /// It would be taken for the cookie of a query that is answered whole.
    @Test
    void theCookieOfWhatIsTruncatedIsGood() throws IOException {
        limitTo(1, 1);
        whole("ns1", CLIENT, 1);
        Message response = response(query("ns1", List.of(newCookie())), CLIENT);
        EDNSOption cookie = response.getOPT().getOptions(Cookie.CODE).getFirst();
        octets(query("ns1", List.of(cookie)), CLIENT);
        assertThat(limiter.count(Outcome.KNOWN)).isEqualTo(1);
    }

    @Test
    void whateverComesNothingIsThrownAndWhatGoesOutIsAResponse() throws IOException {
        limitTo(1, 1);
        var random = new Random(SEED);
        byte[] whole = query("ns1", List.of(newCookie())).array();
        for (int i = 0; i < 100_000; i++) {
            byte[] broken = Arrays.copyOf(whole, 1 + random.nextInt(whole.length + 8));
            for (int n = random.nextInt(4); n > 0; n--)
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            int octets = octets(ByteBuffer.wrap(broken), CLIENT);
            assertThat(out.position()).isEqualTo(octets);
            if (octets == 0) continue;
            byte[] response = new byte[octets];
            out.get(0, response);
            assertThat(new Message(response).getHeader().getFlag(Flags.QR))
                    .as("packet %d of seed %d", i, SEED)
                    .isTrue();
        }
    }

    @Test
    void aLimitThatIsNoneIsRefused() {
        assertThatThrownBy(() -> new RateLimit(0, 2, List.of()))
                .hasMessage("0 responses a second are no limit; 1 to 1000000 is accepted");
    }

    /// How many of so many queries have a response that is not truncated.
    private int whole(String label, String client, int queries) throws IOException {
        int whole = 0;
        for (int i = 0; i < queries; i++) {
            if (answer(label, client) > 0 && (out.get(2) & 2) == 0) whole++;
        }
        return whole;
    }

    private int answer(String label, String client) throws IOException {
        return octets(query(label, List.of()), client);
    }

    private int octets(String name) throws IOException {
        return octets(plain(name), CLIENT);
    }

    private int octets(ByteBuffer query, String client) {
        from.set(new InetSocketAddress(InetAddress.ofLiteral(client), 5353));
        return answers.answer(query, from, out.clear());
    }

    private Message responseFor(String name) throws IOException {
        return response(plain(name), CLIENT);
    }

    private Message response(ByteBuffer query, String client) throws IOException {
        byte[] octets = new byte[octets(query, client)];
        out.get(0, octets);
        return new Message(octets);
    }

    private static ByteBuffer plain(String name) throws IOException {
        return ByteBuffer.wrap(
                Message.newQuery(Record.newRecord(Name.fromString(name), Type.A, DClass.IN))
                        .toWire());
    }

    private static ByteBuffer query(String label, List<EDNSOption> options) throws IOException {
        Name name = Name.fromString(label + ".example.com.");
        var message = Message.newQuery(Record.newRecord(name, Type.A, DClass.IN));
        if (!options.isEmpty())
            message.addRecord(new OPTRecord(1232, 0, 0, 0, options), Section.ADDITIONAL);
        return ByteBuffer.wrap(message.toWire());
    }

    private static EDNSOption newCookie() {
        return new GenericEDNSOption(Cookie.CODE, new byte[Cookie.CLIENT_LENGTH]);
    }

    /// Of the client, with no other address.
    private static EDNSOption goodCookie() {
        var client = new ResolverAddress();
        client.set(new InetSocketAddress(InetAddress.ofLiteral(CLIENT), 0));
        long head = ServerCookies.nextHead(ServerCookies.Standing.NEW, 0, COOKIES.now());
        long hash = COOKIES.hash(0, head, client, COOKIES.now());
        ByteBuffer octets = ByteBuffer.allocate(Cookie.LENGTH).putLong(0).putLong(head);
        return new GenericEDNSOption(Cookie.CODE, octets.putLong(hash).array());
    }
}
