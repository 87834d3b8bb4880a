package meridian.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.crypto.spec.SecretKeySpec;
import meridian.dns.ready.FastPath;
import meridian.dns.tsig.TsigKeys;
import meridian.dns.wire.Cookie;
import meridian.dns.wire.Keepalive;
import meridian.dns.wire.Nsid;
import meridian.dns.wire.Padding;
import meridian.dns.wire.Rcode;
import meridian.dns.wire.ResponseWriter;
import meridian.dns.wire.ZoneVersion;
import meridian.dns.zone.Zone;
import meridian.dns.zone.Zones;
import meridian.record.DomainName;
import meridian.signing.TsigKey;
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
import org.xbill.DNS.TSIG;

/// Whatever comes, nothing is thrown, and what goes out is a response to it.
class ResponderFuzzTest {

    private static final long SEED = 20261122;
    private static final int PACKETS = 200_000;
    private static final InetSocketAddress SOURCE =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 5353);

    private static final List<String> NAMES =
            List.of(
                    "www", "shop", "x.shop", "alias", "loop", "a.sub", "x.old", "many", "",
                    "nothere");
    private static final List<String> CHAOS =
            List.of("id.server.", "VERSION.bind.", "_explain.shop.example.com.", "_explain.", ".");
    private static final List<Integer> TYPES =
            List.of(1, 2, 5, 6, 12, 15, 16, 28, 33, 39, 41, 43, 46, 65, 128, 251, 252, 255, 65400);

    private static final List<ClientSubnetOption> SUBNETS =
            List.of(
                    subnet(24, "198.51.100.0"),
                    subnet(32, "198.51.100.77"),
                    subnet(0, "0.0.0.0"),
                    subnet(48, "2001:db8:1::"));

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
    private static final ServerCookies COOKIES = ServerCookies.of(new byte[16], CLOCK);

    private static final TsigKey KEY =
            new TsigKey(DomainName.of("key"), TsigKey.Algorithm.HMAC_SHA256, new byte[16]);

    private static final Told TOLD =
            new Told(
                    Optional.of("use1"),
                    Optional.of("Meridian 0.1.0"),
                    (name, _, _) -> Optional.of(List.of("why " + name)));

    /// UDP as often as all others, for it has a fast path.
    private static final List<Transport> TRANSPORTS =
            List.of(Transport.UDP, Transport.UDP, Transport.TCP, Transport.TLS);

    private static final List<Integer> ASKED =
            List.of(Nsid.CODE, ZoneVersion.CODE, Keepalive.CODE, Padding.CODE);

    private final Random random = new Random(SEED);
    private final Snapshot snapshot = snapshot();
    private final Responder responder = responder();
    private final FastPath fastPath = new FastPath(() -> snapshot, responder(), () -> 0);
    private final ResolverAddress from = new ResolverAddress();
    private final ByteBuffer fast = ByteBuffer.allocate(ResponseWriter.MAX_LENGTH);
    private final ByteBuffer out = ByteBuffer.allocate(ResponseWriter.MAX_LENGTH);

    private Responder responder() {
        return new Responder(
                () -> snapshot,
                () -> 0,
                Responder.Limits.DEFAULT,
                COOKIES,
                TOLD,
                CLOCK,
                () -> new Secondaries(new TsigKeys(List.of(KEY)), Transfers.NONE));
    }

    private static Snapshot snapshot() {
        var many = new StringBuilder();
        for (int i = 0; i < 60; i++) many.append("many 60 IN MX %d mail%d\n".formatted(i, i));
        var contents =
                ZoneText.parse(
                        "example.com",
                        """
                        @     3600 IN SOA   ns1 hostmaster 1 3600 900 604800 300
                        @     3600 IN NS    ns1
                        ns1   3600 IN A     192.0.2.53
                        www    300 IN A     192.0.2.1
                        *.wild 300 IN CNAME www
                        alias  300 IN CNAME shop
                        loop   300 IN CNAME loop
                        old    300 IN DNAME wild
                        sub    300 IN NS    ns.sub
                        ns.sub 300 IN A     192.0.2.54
                        """
                                + many);
        var steered =
                StaticSteeredAnswers.parse(
                        List.of(
                                "shop.example.com A 20 192.0.2.10, 192.0.2.11 scope 24",
                                "*.shop.example.com CNAME 20 www.example.com. scope 20"));
        return new Snapshot(new Zones(List.of(Zone.of(contents, steered.names()))), steered);
    }

    @Test
    void everyResponseParsesAndAnswersItsQuery() throws IOException {
        from.set(SOURCE);
        for (int i = 0; i < PACKETS; i++) {
            byte[] query = i % 10 == 0 ? noise() : mutated(query());
            Transport transport = TRANSPORTS.get(random.nextInt(TRANSPORTS.size()));
            boolean answered =
                    responder.respond(ByteBuffer.wrap(query), SOURCE, transport, out.clear());
            assertThat(answered)
                    .as("packet %d of seed %d is answered", i, SEED)
                    .isEqualTo(query.length >= 12 && query[2] >= 0);
            if (answered) check(query, transport, i);
            if (transport == Transport.UDP) checkFastPath(query, i);
        }
        assertThat(responder.counts().defects()).isZero();
        assertThat(Rcode.values())
                .as("rcodes that were never reached")
                .filteredOn(rcode -> responder.counts().responses(Transport.UDP, rcode) == 0)
                .containsExactly(Rcode.SERVFAIL, Rcode.YXDOMAIN);
    }

    /// The fast path refuses what the responder refuses.
    private void checkFastPath(byte[] query, int i) {
        fastPath.answer(ByteBuffer.wrap(query), from, fast.clear());
        assertThat(fast.flip().equals(out.flip()))
                .as("the fast path answers packet %d of seed %d alike", i, SEED)
                .isTrue();
    }

    private void check(byte[] query, Transport transport, int i) throws IOException {
        byte[] response = Arrays.copyOf(out.array(), out.position());
        var message = new Message(response);
        boolean isToTheQuery = response[0] == query[0] && response[1] == query[1];
        assertThat(isToTheQuery && message.getHeader().getFlag(Flags.QR))
                .as("packet %d of seed %d has a response, and with its id", i, SEED)
                .isTrue();
        assertThat(response.length)
                .as("length of the response to packet %d of seed %d", i, SEED)
                .isLessThanOrEqualTo(
                        transport == Transport.UDP ? Responder.PAYLOAD_SIZE : out.capacity());
    }

    private byte[] noise() {
        byte[] octets = new byte[random.nextInt(80)];
        random.nextBytes(octets);
        return octets;
    }

    private byte[] query() throws IOException {
        var message = new Message(random.nextInt(0x10000));
        String owner = NAMES.get(random.nextInt(NAMES.size())) + ".example.com.";
        Name name = Name.fromString(owner.startsWith(".") ? owner.substring(1) : owner);
        int type = TYPES.get(random.nextInt(TYPES.size()));
        if (random.nextInt(20) == 0)
            message.addRecord(
                    Record.newRecord(chaos(), random.nextInt(4) == 0 ? type : 16, DClass.CH),
                    Section.QUESTION);
        else if (random.nextInt(50) > 0)
            message.addRecord(Record.newRecord(name, type, DClass.IN), Section.QUESTION);
        if (random.nextBoolean()) message.addRecord(opt(), Section.ADDITIONAL);
        if (random.nextInt(8) == 0) message.setTSIG(tsig());
        return message.toWire(Message.MAXLENGTH);
    }

    /// By our key and of now, more often than not.
    private TSIG tsig() {
        return new TSIG(
                TSIG.HMAC_SHA256,
                Name.fromConstantString(random.nextInt(4) == 0 ? "other." : "key."),
                new SecretKeySpec(new byte[16], "HMAC"),
                Clock.fixed(Instant.ofEpochSecond(random.nextInt(400)), ZoneOffset.UTC));
    }

    private Name chaos() throws IOException {
        return Name.fromString(CHAOS.get(random.nextInt(CHAOS.size())));
    }

    private OPTRecord opt() throws IOException {
        ClientSubnetOption subnet = SUBNETS.get(random.nextInt(SUBNETS.size()));
        int octets = random.nextInt(3) == 0 ? random.nextInt(50) : 8 + 16 * random.nextInt(2);
        var options = new ArrayList<EDNSOption>(List.of(subnet));
        if (random.nextBoolean())
            options.addFirst(new GenericEDNSOption(Cookie.CODE, new byte[octets]));
        for (int code : ASKED)
            if (random.nextInt(4) == 0)
                options.add(new GenericEDNSOption(code, new byte[random.nextInt(4)]));
        return new OPTRecord(random.nextInt(4096), 0, random.nextInt(8) / 7, 0, options);
    }

    private static ClientSubnetOption subnet(int prefix, String address) {
        return new ClientSubnetOption(prefix, InetAddress.ofLiteral(address));
    }

    /// Half of them stay as they are; the others lose their end, gain one, or have octets changed.
    private byte[] mutated(byte[] query) {
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(query, random.nextInt(query.length + 1));
            case 1 -> Arrays.copyOf(query, query.length + random.nextInt(8));
            case 2 -> {
                int changes = 1 + random.nextInt(3);
                for (int i = 0; i < changes; i++) {
                    query[random.nextInt(query.length)] = (byte) random.nextInt();
                }
                yield query;
            }
            default -> query;
        };
    }
}
