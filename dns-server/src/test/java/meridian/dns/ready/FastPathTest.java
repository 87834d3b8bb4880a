package meridian.dns.ready;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import meridian.dns.Explanations;
import meridian.dns.ResolverAddress;
import meridian.dns.Responder;
import meridian.dns.ResponderCounters;
import meridian.dns.ServerCookies;
import meridian.dns.ServerCookies.Standing;
import meridian.dns.Snapshot;
import meridian.dns.Told;
import meridian.dns.Transport;
import meridian.dns.signed.Signing;
import meridian.dns.signed.TestSigning;
import meridian.dns.wire.Cookie;
import meridian.dns.wire.Nsid;
import meridian.dns.wire.Rcode;
import meridian.dns.wire.Serial;
import meridian.dns.wire.ZoneVersion;
import meridian.health.Health;
import meridian.health.Tally;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.intent.Intents;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.NodeId;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// The fast path gives the responder's octets: over random zones, services, verdicts, clients and
/// queries, whole and broken.
class FastPathTest {

    private static final int WORLDS = 40;
    private static final int SIGNED_WORLDS = 10;
    private static final int QUERIES = 1200;

    private static final NodeId SELF = new NodeId("n1");
    private static final DomainName MOVING = DomainName.of("example.com");
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
    private static final ServerCookies COOKIES = ServerCookies.of(new byte[16], CLOCK);
    private static final Told TOLD =
            new Told(Optional.of("n1"), Optional.of("Meridian 0.1.0"), Explanations.NONE);
    private static final List<Integer> TYPES =
            List.of(
                    1, 1, 1, 1, 28, 28, 2, 5, 6, 12, 15, 16, 33, 39, 43, 46, 47, 48, 50, 51, 64, 65,
                    257, 65280);
    private static final List<Integer> ODD_TYPES = List.of(0, 41, 128, 250, 251, 252, 253, 255);

    private Snapshot snapshot = RandomFleet.snapshotWithAddresses(Signing.NONE);
    private long draw;

    @Test
    void itGivesTheOctetsOfTheResponder() throws IOException {
        long fast = 0;
        long defects = 0;
        for (int seed = 0; seed < WORLDS; seed++) {
            ResponderCounters.Counts counts = compare(seed, Signing.NONE);
            fast += counts.fast();
            defects += counts.defects();
        }
        assertThat(defects).isZero();
        assertThat(fast * 100 / (WORLDS * QUERIES))
                .as("percent that were answered by the fast path: a change has made it blind")
                .isGreaterThanOrEqualTo(50);
    }

    @Test
    void itGivesTheOctetsOfTheResponderWhereZonesAreSigned() throws IOException {
        long fast = 0;
        for (int seed = WORLDS; seed < WORLDS + SIGNED_WORLDS; seed++) {
            Signing signing = TestSigning.ofSome(new Random(seed));
            ResponderCounters.Counts counts = compare(seed, signing);
            fast += counts.fast();
            assertThat(counts.defects()).isZero();
        }
        assertThat(fast * 100 / (SIGNED_WORLDS * QUERIES))
                .as("percent that were answered by the fast path")
                .isGreaterThanOrEqualTo(45);
    }

    @Test
    void itGivesTheOctetsOfTheResponderWhereSerialsMove() throws IOException {
        for (int seed = 100; seed < 100 + SIGNED_WORLDS; seed++) {
            Signing signing = seed % 2 == 0 ? Signing.NONE : TestSigning.ofSome(new Random(seed));
            assertThat(compare(seed, signing, Set.of(MOVING)).defects()).isZero();
        }
    }

    private ResponderCounters.Counts compare(int seed, Signing signing) throws IOException {
        return compare(seed, signing, Set.of());
    }

    private ResponderCounters.Counts compare(int seed, Signing signing, Set<DomainName> moving)
            throws IOException {
        var random = new Random(seed);
        var fleet = new RandomFleet(random);
        var zones = new RandomZones(random);
        var serving =
                Serving.of(
                        fleet.topology(),
                        zones.contents(),
                        fleet.atlas(),
                        signing,
                        moving,
                        PolicyClasses.NONE);
        var keeper = new SnapshotKeeper(SELF, serving);
        Responder ordinary = responder();
        Responder behind = responder();
        var path = new FastPath(() -> snapshot, behind, () -> draw);
        var from = new ResolverAddress();
        ByteBuffer expected = ByteBuffer.allocate(Responder.PAYLOAD_SIZE + 2);
        ByteBuffer actual = ByteBuffer.allocateDirect(Responder.PAYLOAD_SIZE + 2);
        Tally tally = Tally.EMPTY;
        for (int i = 0; i < QUERIES; i++) {
            if (i % 300 == 0) {
                tally = tally(serving, random, tally.verdicts());
                for (DomainName apex : moving) keeper.show(Map.of(apex, soa(serving, apex, i)));
                snapshot = keeper.step(tally, Intents.NONE, moment(i)).edition().snapshot();
            }
            var source = new InetSocketAddress(fleet.address(), 5353);
            from.set(source);
            byte[] query = mutated(query(zones, from, random), random);
            draw = random.nextLong();
            var asked = ByteBuffer.wrap(query);
            ordinary.respond(asked, source, Transport.UDP, expected.clear().position(2));
            int octets = path.answer(asked, from, actual.clear().position(2));
            assertThat(text(actual))
                    .as("query %d of seed %d, %s", i, seed, HexFormat.of().formatHex(query))
                    .isEqualTo(text(expected));
            assertThat(octets).isEqualTo(actual.position() - 2);
        }
        assertThat(behind.counts().cookies()).isEqualTo(ordinary.counts().cookies());
        for (Rcode rcode : Rcode.values()) {
            assertThat(behind.counts().responses(Transport.UDP, rcode))
                    .as("%s that were counted in seed %d", rcode, seed)
                    .isEqualTo(ordinary.counts().responses(Transport.UDP, rcode));
        }
        return behind.counts();
    }

    @Test
    void itsOwnDefectCostsNoAnswer() throws IOException {
        Responder behind = responder();
        var path =
                new FastPath(
                        () -> snapshot,
                        behind,
                        () -> {
                            throw new IllegalStateException("a defect, for this test");
                        });
        var from = new ResolverAddress();
        Name steered = Name.fromString("s1.example.com.");
        Message asked = Message.newQuery(Record.newRecord(steered, Type.A, DClass.IN));
        ByteBuffer query = ByteBuffer.wrap(asked.toWire());
        ByteBuffer expected = ByteBuffer.allocate(Responder.PAYLOAD_SIZE);
        ByteBuffer actual = ByteBuffer.allocate(Responder.PAYLOAD_SIZE);
        responder().respond(query, from.toSocketAddress(), Transport.UDP, expected);
        path.answer(query, from, actual);
        assertThat(actual.flip()).isEqualTo(expected.flip());
        assertThat(behind.counts().defects()).isEqualTo(1);
        assertThat(behind.counts().fast()).isZero();
    }

    private static RRset soa(Serving serving, DomainName apex, int serial) {
        return new Serial(serial)
                .in(serving.zones().closest(apex).orElseThrow().rrsets().getFirst());
    }

    private Responder responder() {
        return new Responder(
                () -> snapshot, () -> draw, Responder.Limits.DEFAULT, COOKIES, TOLD, CLOCK);
    }

    private static String text(ByteBuffer out) {
        byte[] octets = new byte[out.position() - 2];
        out.get(2, octets);
        return HexFormat.of().formatHex(octets);
    }

    private static Moment moment(int second) {
        return new Moment(
                second * 1_000_000_000L,
                new HybridTime(second * 1000L, 0),
                Instant.ofEpochSecond(second));
    }

    private static Tally tally(Serving serving, Random random, Map<WatchKey, Verdict> before) {
        var verdicts = new HashMap<>(before);
        int moment = 1;
        for (WatchKey key : serving.keys().stream().sorted().toList()) {
            Health health = List.of(Health.values()).get(random.nextInt(3));
            verdicts.remove(key);
            if (health != Health.UNKNOWN)
                verdicts.put(
                        key, new Verdict(health, new Stamp(new HybridTime(moment++, 0), SELF)));
        }
        return new Tally(Map.of(), verdicts, Map.of());
    }

    private static byte[] query(RandomZones zones, ResolverAddress from, Random random)
            throws IOException {
        var message = new Message(random.nextInt(0x10000));
        if (random.nextBoolean()) message.getHeader().setFlag(Flags.RD);
        if (random.nextInt(4) == 0) message.getHeader().setFlag(Flags.CD);
        if (random.nextInt(4) == 0) message.getHeader().setFlag(Flags.AD);
        Name name = Name.fromString(cased(zones.asked(), random));
        List<Integer> types = random.nextInt(20) == 0 ? ODD_TYPES : TYPES;
        int type = types.get(random.nextInt(types.size()));
        int dnsClass = random.nextInt(50) == 0 ? DClass.CH : DClass.IN;
        message.addRecord(Record.newRecord(name, type, dnsClass), Section.QUESTION);
        if (random.nextInt(3) > 0) message.addRecord(opt(from, random), Section.ADDITIONAL);
        if (random.nextInt(50) == 0) message.addRecord(opt(from, random), Section.ADDITIONAL);
        return message.toWire();
    }

    private static String cased(String name, Random random) {
        var cased = new StringBuilder();
        for (char c : name.toCharArray())
            cased.append(random.nextInt(3) == 0 ? Character.toUpperCase(c) : c);
        return cased.toString();
    }

    private static OPTRecord opt(ResolverAddress from, Random random) throws IOException {
        var options = new ArrayList<EDNSOption>();
        if (random.nextInt(3) == 0) options.add(cookie(from, random));
        if (random.nextInt(20) == 0) options.add(cookie(from, random));
        if (random.nextInt(3) > 0) options.add(subnet(random));
        if (random.nextInt(20) == 0) options.add(subnet(random));
        if (random.nextInt(5) == 0) options.add(new GenericEDNSOption(100, new byte[0]));
        if (random.nextInt(20) == 0) options.add(new GenericEDNSOption(Nsid.CODE, new byte[0]));
        if (random.nextInt(20) == 0)
            options.add(new GenericEDNSOption(ZoneVersion.CODE, new byte[0]));
        int size = random.nextInt(5) == 0 ? random.nextInt(4096) : 1232;
        return new OPTRecord(
                size, 0, random.nextInt(30) == 0 ? 1 : 0, random.nextInt(2) << 15, options);
    }

    /// A client's alone, one of ours, or another's; now and then of a length that none has.
    private static EDNSOption cookie(ResolverAddress from, Random random) {
        long client = random.nextLong();
        long now = COOKIES.now();
        long head = ServerCookies.nextHead(Standing.NEW, 0, now) - random.nextInt(4000);
        ByteBuffer ours =
                ByteBuffer.allocate(24)
                        .putLong(client)
                        .putLong(head)
                        .putLong(COOKIES.hash(client, head, from, now));
        byte[] cookie =
                switch (random.nextInt(4)) {
                    case 0 -> Arrays.copyOf(ours.array(), 8);
                    case 1 -> Arrays.copyOf(ours.array(), random.nextInt(44));
                    default -> ours.array();
                };
        if (random.nextInt(10) == 0 && cookie.length > 0)
            cookie[random.nextInt(cookie.length)] ^= 1;
        return new GenericEDNSOption(Cookie.CODE, cookie);
    }

    /// Now and then with a scope, too few octets or an unknown family.
    private static EDNSOption subnet(Random random) throws IOException {
        byte[] address = new byte[random.nextBoolean() ? 4 : 16];
        random.nextBytes(address);
        address[0] = (byte) random.nextInt(4);
        int bits = 8 * address.length;
        int source = random.nextInt(3) == 0 ? random.nextInt(bits + 1) : bits == 32 ? 24 : 56;
        if (random.nextInt(10) == 0) {
            byte[] data = new byte[4 + random.nextInt(6)];
            data[1] = (byte) random.nextInt(4);
            data[2] = (byte) random.nextInt(40);
            data[3] = (byte) (random.nextInt(4) / 3);
            return new GenericEDNSOption(8, data);
        }
        for (int bit = source; bit < bits; bit++) address[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        return new ClientSubnetOption(source, InetAddress.getByAddress(address));
    }

    /// Most stay as they are; the others lose their end, gain one, or have octets changed.
    private static byte[] mutated(byte[] query, Random random) {
        return switch (random.nextInt(20)) {
            case 0 -> Arrays.copyOf(query, random.nextInt(query.length + 1));
            case 1 -> Arrays.copyOf(query, query.length + random.nextInt(8));
            case 2 -> {
                query[random.nextInt(query.length)] = (byte) random.nextInt();
                yield query;
            }
            case 3 -> {
                query[random.nextInt(12)] ^= (byte) (1 << random.nextInt(8));
                yield query;
            }
            default -> query;
        };
    }
}
