package meridian.dns.ready;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import meridian.dns.Explanations;
import meridian.dns.ResolverAddress;
import meridian.dns.Responder;
import meridian.dns.ServerCookies;
import meridian.dns.ServerCookies.Standing;
import meridian.dns.Snapshot;
import meridian.dns.Told;
import meridian.dns.signed.Signing;
import meridian.dns.signed.TestSigning;
import meridian.dns.wire.Cookie;
import meridian.signing.Denial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// What a query costs that is answered by the fast path.
class FastPathCostTest {

    private static final int RESOLVER = 0x01020304;
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
    private static final ServerCookies COOKIES = ServerCookies.of(new byte[16], CLOCK);
    private static final Told TOLD =
            new Told(Optional.of("n1"), Optional.of("Meridian 0.1.0"), Explanations.NONE);

    private static final EDNSOption SUBNET =
            new ClientSubnetOption(24, InetAddress.ofLiteral("1.2.3.0"));
    private static final EDNSOption NEW_COOKIE = new GenericEDNSOption(Cookie.CODE, new byte[8]);
    private static final List<List<EDNSOption>> OPTIONS =
            List.of(
                    List.of(),
                    List.of(SUBNET),
                    List.of(SUBNET, NEW_COOKIE),
                    List.of(validCookie()));

    /// Shown by the JVM's own count of what this thread allocated.
    @Test
    void itAllocatesNothing() throws IOException {
        Snapshot snapshot = RandomFleet.snapshotWithAddresses(Signing.NONE);
        for (String name : List.of("ns1", "s1", "n.s1", "nowhere")) {
            for (List<EDNSOption> options : OPTIONS)
                assertAllocatesNothing(query(name + ".example.com.", 0, options), snapshot);
        }
        assertAllocatesNothing(query("s1.example.com.", Type.HTTPS, 0, List.of(SUBNET)), snapshot);
        assertAllocatesNothing(
                query("ns1.example.test.", 0, List.of(SUBNET, NEW_COOKIE)), snapshot);
    }

    @ParameterizedTest
    @EnumSource(Denial.class)
    void norForWhoeverAsksForSignatures(Denial denial) throws IOException {
        Snapshot snapshot =
                RandomFleet.snapshotWithAddresses(TestSigning.of(denial, "example.com"));
        for (String name : List.of("ns1", "s1", "n.s1", "n.wild", "alias", "nowhere", "n.nowhere"))
            assertAllocatesNothing(
                    query(name + ".example.com.", ExtendedFlags.DO, List.of()), snapshot);
        assertAllocatesNothing(
                query("s1.example.com.", Type.HTTPS, ExtendedFlags.DO, List.of()), snapshot);
    }

    private static EDNSOption validCookie() {
        var from = new ResolverAddress();
        from.setIpv4(RESOLVER, 5353);
        long head = ServerCookies.nextHead(Standing.NEW, 0, COOKIES.now());
        long hash = COOKIES.hash(0, head, from, COOKIES.now());
        ByteBuffer octets = ByteBuffer.allocate(Cookie.LENGTH).putLong(0).putLong(head);
        return new GenericEDNSOption(Cookie.CODE, octets.putLong(hash).array());
    }

    private static void assertAllocatesNothing(byte[] octets, Snapshot snapshot) {
        var behind =
                new Responder(
                        () -> snapshot, () -> 0, Responder.Limits.DEFAULT, COOKIES, TOLD, CLOCK);
        var path = new FastPath(() -> snapshot, behind, new SplittableRandom(1)::nextLong);
        var from = new ResolverAddress();
        from.setIpv4(RESOLVER, 5353);
        ByteBuffer query = ByteBuffer.wrap(octets);
        ByteBuffer out = ByteBuffer.allocateDirect(Responder.PAYLOAD_SIZE);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = Long.MAX_VALUE;
        // The JVM's own warming up costs an object now and then; what a query costs, all rounds do.
        for (int round = 0; round < 10 && allocated > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 100_000; i++) path.answer(query, from, out.clear());
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(behind.counts().fast() % 100_000).isZero();
        assertThat(behind.counts().fast()).isPositive();
        assertThat(allocated).as("octets allocated by 100,000 queries").isZero();
    }

    private static byte[] query(String name, int flags, List<EDNSOption> options)
            throws IOException {
        return query(name, Type.A, flags, options);
    }

    private static byte[] query(String name, int type, int flags, List<EDNSOption> options)
            throws IOException {
        var message = Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
        if (flags != 0 || !options.isEmpty())
            message.addRecord(new OPTRecord(1232, 0, 0, flags, options), Section.ADDITIONAL);
        return message.toWire();
    }
}
