package meridian.dns.ready;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import meridian.dns.Explanations;
import meridian.dns.ResolverAddress;
import meridian.dns.Responder;
import meridian.dns.ServerCookies;
import meridian.dns.Snapshot;
import meridian.dns.Told;
import meridian.dns.Transport;
import meridian.dns.ZoneText;
import meridian.dns.geo.Atlas;
import meridian.dns.signed.TestSigning;
import meridian.dns.wire.Rcode;
import meridian.dns.zone.Lookup;
import meridian.dns.zone.Zone;
import meridian.health.Tally;
import meridian.intent.Intents;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import meridian.signing.Denial;
import meridian.signing.Nsec3;
import meridian.signing.Rrsig;
import meridian.time.HybridTime;
import meridian.topology.Agreement;
import meridian.topology.NodeId;
import meridian.topology.Topology;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// Signed zones with names that are as long as names can be, and nearly: 255 octets.
class LongNamesTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
    private static final DomainName APEX = DomainName.of("example.com");

    /// So long that hashes have room before it (RFC 5155 §3), and not an octet more.
    private static final DomainName LONG_APEX = under(APEX, 222, 'z');

    /// Below the first there is room for one octet, below the others for nothing.
    private static final DomainName OF_253 = under(APEX, 253, 'a');

    private static final DomainName OF_254 = under(APEX, 254, 'b');
    private static final DomainName OF_255 = under(APEX, 255, 'c');

    /// Its parent, which owns nothing, has 253.
    private static final DomainName WILDCARD = under(APEX, 253, 'd').wildcard();

    private static final String RECORDS =
            """
            $TTL 3600
            @ SOA ns1.example.net. admin.example.net. 1 3600 600 86400 60
            @ NS ns1.example.net.
            %s A 192.0.2.1
            %s A 192.0.2.2
            %s A 192.0.2.3
            %s A 192.0.2.4
            """
                    .formatted(OF_253, OF_254, OF_255, WILDCARD);

    @ParameterizedTest
    @EnumSource
    void eachLeadsToTheNext(Denial denial) {
        List<RRset> chain =
                zone(snapshot(denial, APEX, RECORDS), APEX)
                        .proofs()
                        .orElseThrow()
                        .chain()
                        .records();
        for (int i = 0; i < chain.size(); i++) {
            RRset next = chain.get((i + 1) % chain.size());
            assertThat(next(chain.get(i))).isEqualTo(place(next.owner(), denial));
            assertSigned(chain.get(i), APEX);
        }
        for (DomainName name : List.of(OF_253, OF_254, OF_255, WILDCARD))
            assertThat(chain).map(RRset::owner).contains(denial.owner(name, APEX));
    }

    @ParameterizedTest
    @EnumSource
    void aTypeThatTheyHaveNotIsDenied(Denial denial) {
        Zone zone = zone(snapshot(denial, APEX, RECORDS), APEX);
        for (DomainName name : List.of(OF_253, OF_254, OF_255, WILDCARD)) {
            var noData = (Lookup.NoData) zone.lookup(name, RecordType.TXT);
            assertThat(noData.proof()).map(RRset::owner).contains(denial.owner(name, APEX));
        }
    }

    /// The asterisk of the proof has as much room as the label that was asked for, so there is
    /// always a wildcard to be denied.
    @ParameterizedTest
    @EnumSource
    void whatIsNotThereIsDeniedWithTheWildcardThatWouldMakeIt(Denial denial) {
        Zone zone = zone(snapshot(denial, APEX, RECORDS), APEX);
        DomainName nextCloser = under(APEX, 255, 'm');
        assertMissing(
                zone, nextCloser, nextCloser.suffix(nextCloser.labelCount() - 3), APEX, denial);
        DomainName child = under(OF_253, 255, 'm');
        assertMissing(zone, child, child, OF_253, denial);
    }

    @ParameterizedTest
    @EnumSource
    void aWildcardOf255OctetsMakesNamesOfAsMany(Denial denial) {
        Zone zone = zone(snapshot(denial, APEX, RECORDS), APEX);
        DomainName made = under(WILDCARD.parent(), 255, 'm');
        var found = (Lookup.Found) zone.lookup(made, RecordType.A);
        assertThat(found.rrset().owner()).isEqualTo(made);
        assertCovered(made, found.proof(), denial, APEX);
        var noData = (Lookup.NoData) zone.lookup(made, RecordType.TXT);
        assertCovered(made, noData.proof(), denial, APEX);
        assertThat(noData.proof()).map(RRset::owner).contains(denial.owner(WILDCARD, APEX));
    }

    @ParameterizedTest
    @EnumSource
    void aZoneMayHaveSoLongANameThatHashesFillIt(Denial denial) {
        String records =
                """
                @ 60 SOA ns1.example.net. admin.example.net. 1 3600 600 86400 60
                @ 60 NS ns1.example.net.
                www 60 A 192.0.2.1
                """;
        Snapshot snapshot = snapshot(denial, LONG_APEX, records);
        Zone zone = zone(snapshot, LONG_APEX);
        DomainName missing = under(LONG_APEX, 255, 'm');
        assertMissing(zone, missing, missing, LONG_APEX, denial);
        assertAnsweredAlike(snapshot, List.of(missing, under(LONG_APEX, 226, 'w')));
    }

    @ParameterizedTest
    @EnumSource
    void theFastPathAnswersThemLikeTheResponder(Denial denial) {
        var asked =
                new ArrayList<>(
                        List.of(
                                OF_253,
                                OF_254,
                                OF_255,
                                WILDCARD,
                                WILDCARD.parent(),
                                OF_255.parent()));
        for (int length = 250; length <= 255; length++) asked.add(under(APEX, length, 'm'));
        for (char label : new char[] {'!', 'm', '~'}) {
            asked.add(under(OF_253, 255, label));
            asked.add(under(WILDCARD.parent(), 255, label));
        }
        assertAnsweredAlike(snapshot(denial, APEX, RECORDS), asked);
    }

    /// Of one label after the other, all of this letter, but for a last one that may be shorter.
    private static DomainName under(DomainName name, int length, char letter) {
        DomainName longer = name;
        while (longer.wireLength() < length) {
            int left = length - longer.wireLength();
            // One octet alone would be no label.
            int label =
                    left == DomainName.MAX_LABEL + 2
                            ? left - 3
                            : Math.min(left - 1, DomainName.MAX_LABEL);
            longer = DomainName.of(String.valueOf(letter).repeat(label) + "." + longer);
        }
        return longer;
    }

    private static Snapshot snapshot(Denial denial, DomainName apex, String records) {
        var serving =
                Serving.of(
                        Topology.of(List.of(), List.of(), List.of(), Agreement.DEFAULT),
                        List.of(ZoneText.parse(apex.toString(), records)),
                        Atlas.EMPTY,
                        TestSigning.of(denial, apex.toString()));
        var now = new Moment(0, HybridTime.ZERO, Instant.EPOCH);
        return new SnapshotKeeper(new NodeId("n1"), serving)
                .step(new Tally(Map.of(), Map.of(), Map.of()), Intents.NONE, now)
                .edition()
                .snapshot();
    }

    private static Zone zone(Snapshot snapshot, DomainName apex) {
        return snapshot.zones().closest(apex).orElseThrow();
    }

    private static void assertMissing(
            Zone zone, DomainName name, DomainName nextCloser, DomainName encloser, Denial denial) {
        var error = (Lookup.NameError) zone.lookup(name, RecordType.A);
        error.proof().forEach(record -> assertSigned(record, zone.apex()));
        if (denial == Denial.NSEC3)
            assertThat(error.proof())
                    .map(RRset::owner)
                    .contains(denial.owner(encloser, zone.apex()));
        assertCovered(nextCloser, error.proof(), denial, zone.apex());
        assertCovered(encloser.wildcard(), error.proof(), denial, zone.apex());
    }

    private static void assertCovered(
            DomainName name, List<RRset> proof, Denial denial, DomainName apex) {
        DomainName place = denial == Denial.NSEC ? name : denial.owner(name, apex);
        assertThat(proof)
                .as("what covers %s", name)
                .anyMatch(record -> covers(record, place, denial));
    }

    private static boolean covers(RRset record, DomainName place, Denial denial) {
        boolean isAfter = record.owner().compareTo(place) < 0;
        if (denial == Denial.NSEC) {
            DomainName next = DomainName.ofWire(next(record), 0, next(record).length);
            return isAfter && (next.compareTo(place) > 0 || next.compareTo(record.owner()) <= 0);
        }
        byte[] hash = Nsec3.hashIn(place);
        boolean isBefore = Arrays.compareUnsigned(hash, next(record)) < 0;
        boolean isLast = Arrays.compareUnsigned(Nsec3.hashIn(record.owner()), next(record)) >= 0;
        return isLast ? isAfter || isBefore : isAfter && isBefore;
    }

    /// As records of the chain have it in their data.
    private static byte[] place(DomainName owner, Denial denial) {
        return denial == Denial.NSEC ? owner.toWire() : Nsec3.hashIn(owner);
    }

    private static byte[] next(RRset record) {
        byte[] rdata = record.rdata().getFirst();
        if (record.type().equals(RecordType.NSEC3))
            return Arrays.copyOfRange(rdata, 6, 6 + Nsec3.HASH_LENGTH);
        int end = 0;
        while (rdata[end] != 0) end += 1 + rdata[end];
        return Arrays.copyOf(rdata, end + 1);
    }

    private static void assertSigned(RRset rrset, DomainName apex) {
        assertThat(rrset.signatures()).hasSize(1);
        byte[] rrsig = rrset.signatures().getFirst();
        assertThat(Rrsig.verifies(rrsig, rrset, TestSigning.key(apex.toString())))
                .as("%s", rrset)
                .isTrue();
    }

    private static void assertAnsweredAlike(Snapshot snapshot, List<DomainName> names) {
        Responder responder = responder(snapshot);
        Responder behind = responder(snapshot);
        var path = new FastPath(() -> snapshot, behind, () -> 0);
        var from = new ResolverAddress();
        ByteBuffer expected = ByteBuffer.allocate(Responder.PAYLOAD_SIZE);
        ByteBuffer actual = ByteBuffer.allocate(Responder.PAYLOAD_SIZE);
        for (DomainName name : names) {
            for (int type : new int[] {Type.A, Type.TXT, Type.DS, Type.NSEC}) {
                for (int flags : new int[] {0, ExtendedFlags.DO}) {
                    byte[] query = query(name, type, flags);
                    var source = new InetSocketAddress("192.0.2.77", 5353);
                    from.set(source);
                    responder.respond(
                            ByteBuffer.wrap(query), source, Transport.UDP, expected.clear());
                    path.answer(ByteBuffer.wrap(query), from, actual.clear());
                    assertThat(actual.flip())
                            .as("%s, type %d", name, type)
                            .isEqualTo(expected.flip());
                }
            }
        }
        assertThat(behind.counts().defects()).isZero();
        assertThat(behind.counts().responses(Transport.UDP, Rcode.SERVFAIL)).isZero();
    }

    private static Responder responder(Snapshot snapshot) {
        return new Responder(
                () -> snapshot,
                () -> 0,
                Responder.Limits.DEFAULT,
                ServerCookies.of(new byte[16], CLOCK),
                new Told(Optional.empty(), Optional.empty(), Explanations.NONE),
                CLOCK);
    }

    private static byte[] query(DomainName name, int type, int flags) {
        try {
            Message query =
                    Message.newQuery(
                            Record.newRecord(Name.fromString(name.toString()), type, DClass.IN));
            query.addRecord(new OPTRecord(1232, 0, 0, flags), Section.ADDITIONAL);
            return query.toWire();
        } catch (TextParseException e) {
            throw new IllegalArgumentException(name + " is no name", e);
        }
    }
}
