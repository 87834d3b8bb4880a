package meridian.dns.transfer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import meridian.dns.Transfers;
import meridian.dns.ready.RandomEditions;
import meridian.dns.signed.Signing;
import meridian.dns.tsig.TsigKeys;
import meridian.dns.wire.Query;
import meridian.dns.wire.QueryReader;
import meridian.dns.zone.Zone;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import meridian.signing.TsigKey;
import meridian.topology.Network;
import meridian.topology.NodeId;
import meridian.topology.ZoneTransfer;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;

/// Who gets a zone, and what of it.
class GateTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final byte[] SECRET = "0123456789abcdef".getBytes(US_ASCII);
    private static final DomainName ZONE = DomainName.of("example.com");
    private static final Name NAME = Name.fromConstantString("example.com.");
    private static final DomainName KEY = DomainName.of("key");
    private static final DomainName OTHER = DomainName.of("other");

    /// With one key from anywhere, with another from home, and without any from next door.
    private static final ZoneTransfer HOW =
            new ZoneTransfer(
                    new NodeId("n1"),
                    List.of(
                            new ZoneTransfer.Allowance(Optional.of(KEY), List.of()),
                            new ZoneTransfer.Allowance(
                                    Optional.of(OTHER), List.of(Network.of("192.0.2.1"))),
                            new ZoneTransfer.Allowance(
                                    Optional.empty(), List.of(Network.of("192.0.2.2")))),
                    List.of(),
                    InetAddress.ofLiteral("1.2.3.4"),
                    Duration.ofSeconds(1));

    private final Map<DomainName, Published> published = published();
    private final Gate gate = gate();
    private long nanos;

    private static Map<DomainName, Published> published() {
        var editions = new RandomEditions(new Random(1), Signing.NONE, Set.of(ZONE));
        return new Publisher(Map.of()).step(editions.same(), Map.of(ZONE, HOW), 0).zones();
    }

    private Gate gate() {
        var keys = new TsigKeys(List.of(key(KEY), key(OTHER)));
        return new Gate(() -> published, () -> keys, 1232, InstantSource.fixed(NOON), () -> nanos);
    }

    private static TsigKey key(DomainName name) {
        return new TsigKey(name, TsigKey.Algorithm.HMAC_SHA256, SECRET);
    }

    @Test
    void whoFitsOneOfThoseThatAreNamedGetsTheZone() throws IOException {
        assertThat(begin(signed("key"), "203.0.113.9")).isPresent();
        assertThat(begin(signed("other"), "192.0.2.1")).isPresent();
        assertThat(begin(query(NAME, Type.AXFR).toWire(), "192.0.2.2")).isPresent();
        assertThat(gate.given()).isEqualTo(3);
    }

    @Test
    void whoFitsNoneGetsNothing() throws IOException {
        assertThat(begin(query(NAME, Type.AXFR).toWire(), "192.0.2.1")).isEmpty();
        assertThat(begin(signed("other"), "192.0.2.3")).isEmpty();
        assertThat(begin(signed("stranger"), "192.0.2.1")).isEmpty();
    }

    @Test
    void aBadSignatureGetsNothingThoughTheNetworkWould() throws IOException {
        byte[] query = signed("key");
        query[query.length - 8] ^= 1;
        assertThat(begin(query, "192.0.2.2")).isEmpty();
    }

    @Test
    void whatIsNoZoneThatIsGivenIsNot() throws IOException {
        Name below = Name.fromConstantString("www.example.com.");
        Name other = Name.fromConstantString("example.net.");
        assertThat(begin(query(below, Type.AXFR).toWire(), "192.0.2.2")).isEmpty();
        assertThat(begin(query(other, Type.AXFR).toWire(), "192.0.2.2")).isEmpty();
    }

    /// RFC 8945 §5.2.3.
    @Test
    void whatIsAskedASecondTimeInTheSameOctetsIsBadtimeAndSigned() throws IOException {
        byte[] query = signed("key");
        assertThat(messages(begin(query, "203.0.113.9")).getFirst().getRcode())
                .isEqualTo(Rcode.NOERROR);
        List<Message> again = messages(begin(query, "192.0.2.66"));
        assertThat(again).hasSize(1);
        assertThat(again.getFirst().getRcode()).isEqualTo(Rcode.NOTAUTH);
        assertThat(again.getFirst().getSection(Section.ANSWER)).isEmpty();
        assertThat(again.getFirst().getTSIG().getError()).isEqualTo(Rcode.BADTIME);
        assertThat(again.getFirst().getTSIG().getSignature()).hasSize(32);
    }

    @Test
    void moreAtATimeThanThereIsRoomForAreRefusedUntilOneEnds() {
        byte[] query = query(NAME, Type.AXFR).toWire();
        var under = new ArrayList<Transfers.Messages>();
        for (int i = 0; i < Room.OF_ONE; i++) under.add(begin(query, "192.0.2.2").orElseThrow());
        assertThat(begin(query, "192.0.2.2")).isEmpty();
        assertThat(gate.turnedAway()).isEqualTo(1);
        for (int i = 0; i < 2; i++) under.getFirst().end();
        assertThat(begin(query, "192.0.2.2")).isPresent();
        assertThat(begin(query, "192.0.2.2")).as("one that ends twice makes room once").isEmpty();
    }

    /// A place is held by whoever takes: with a message now and then, it was held for hours.
    @Test
    void whoIsTooSlowIsCutOffAndMakesRoom() {
        byte[] query = query(NAME, Type.AXFR).toWire();
        var under = new ArrayList<Transfers.Messages>();
        for (int i = 0; i < Room.OF_ONE; i++) under.add(begin(query, "192.0.2.2").orElseThrow());
        nanos = LeastRate.HEAD_START.toNanos() + 1;
        assertThat(under.getFirst().next(ByteBuffer.allocate(0xffff))).isFalse();
        assertThat(under.getFirst().isCutOff()).isTrue();
        under.getFirst().end();
        assertThat(gate.cutOff()).isEqualTo(1);
        assertThat(begin(query, "192.0.2.2")).isPresent();
    }

    @Test
    void aZoneIsReadUntilTheLastOfItsTransfersHasEnded() {
        Zone zone = requireNonNull(published.get(ZONE)).version().content().zone();
        assertThat(gate.isGiving(zone)).isFalse();

        byte[] query = query(NAME, Type.AXFR).toWire();
        Transfers.Messages first = begin(query, "192.0.2.2").orElseThrow();
        Transfers.Messages second = begin(query, "192.0.2.2").orElseThrow();
        for (int i = 0; i < 2; i++) first.end();
        assertThat(gate.isGiving(zone)).isTrue();

        second.end();
        assertThat(gate.isGiving(zone)).isFalse();
        assertThat(gate.cutOff()).isZero();
    }

    @Test
    void whoHasTheVersionGetsItsSoaAloneAndWhoHasNoneThatIsKnownAll() throws IOException {
        assertThat(records(ixfr(1))).singleElement().isInstanceOf(SOARecord.class);
        List<Record> all = records(ixfr(0));
        assertThat(all).hasSizeGreaterThan(10);
        assertThat(all.getLast()).isEqualTo(all.getFirst()).isInstanceOf(SOARecord.class);
        assertThat(begin(query(NAME, Type.IXFR).toWire(), "192.0.2.2"))
                .as("without the SOA that they have")
                .isEmpty();
    }

    /// RFC 1995 §2: over UDP, where no more may fit, whatever version they have.
    @Test
    void whoMayHaveTheZoneIsToldOfItsNewestVersionAndNobodyElse() {
        for (int serial : new int[] {0, 1, 2}) {
            assertThat(newest(ixfr(serial), Optional.empty(), "192.0.2.2"))
                    .hasValueSatisfying(soa -> assertThat(soa.type()).isEqualTo(RecordType.SOA));
            assertThat(newest(ixfr(serial), Optional.of(KEY), "203.0.113.9")).isPresent();
            assertThat(newest(ixfr(serial), Optional.empty(), "192.0.2.1")).isEmpty();
            assertThat(newest(ixfr(serial), Optional.of(OTHER), "192.0.2.3")).isEmpty();
        }
        assertThat(newest(query(NAME, Type.AXFR).toWire(), Optional.of(KEY), "192.0.2.2"))
                .as("all of it is not asked for over UDP (RFC 5936 §4.2)")
                .isEmpty();
        assertThat(newest(query(NAME, Type.IXFR).toWire(), Optional.of(KEY), "192.0.2.2"))
                .as("without the SOA that they have")
                .isEmpty();
        assertThat(gate.given()).isZero();
    }

    private Optional<RRset> newest(byte[] query, Optional<DomainName> signer, String from) {
        var source = new InetSocketAddress(InetAddress.ofLiteral(from), 5353);
        return gate.newest((Query) QueryReader.read(ByteBuffer.wrap(query)), signer, source);
    }

    private List<Record> records(byte[] query) throws IOException {
        return messages(begin(query, "192.0.2.2")).stream()
                .flatMap(message -> message.getSection(Section.ANSWER).stream())
                .toList();
    }

    private static byte[] ixfr(int serial) {
        Message query = query(NAME, Type.IXFR);
        query.addRecord(
                new SOARecord(NAME, DClass.IN, 0, Name.root, Name.root, serial, 0, 0, 0, 0),
                Section.AUTHORITY);
        return query.toWire();
    }

    private static Message query(Name zone, int type) {
        return Message.newQuery(Record.newRecord(zone, type, DClass.IN));
    }

    private static byte[] signed(String key) {
        Message query = query(NAME, Type.AXFR);
        query.setTSIG(
                new TSIG(
                        TSIG.HMAC_SHA256,
                        Name.fromConstantString(key + "."),
                        new SecretKeySpec(SECRET, "HMAC"),
                        Clock.fixed(NOON, ZoneOffset.UTC)));
        return query.toWire(Message.MAXLENGTH);
    }

    private Optional<Transfers.Messages> begin(byte[] query, String from) {
        ByteBuffer message = ByteBuffer.wrap(query);
        var source = new InetSocketAddress(InetAddress.ofLiteral(from), 5353);
        return gate.begin(message, (Query) QueryReader.read(message), source);
    }

    private static List<Message> messages(Optional<Transfers.Messages> begun) throws IOException {
        var messages = new ArrayList<Message>();
        ByteBuffer out = ByteBuffer.allocate(0xffff);
        while (begun.orElseThrow().next(out.clear()))
            messages.add(new Message(Arrays.copyOf(out.array(), out.position())));
        return messages;
    }
}
