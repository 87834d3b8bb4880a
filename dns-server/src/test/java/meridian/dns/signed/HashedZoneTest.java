package meridian.dns.signed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import meridian.dns.ZoneText;
import meridian.dns.zone.Lookup;
import meridian.dns.zone.SteeredName;
import meridian.dns.zone.Zone;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import meridian.record.ZoneContents;
import meridian.signing.Denial;
import meridian.signing.Nsec3;
import meridian.signing.Rrsig;
import meridian.signing.SigningKey;
import org.junit.jupiter.api.Test;

/// A zone that is signed with NSEC3: of each kind of answer, what a validator looks for in it (RFC
/// 5155 §8).
class HashedZoneTest {

    private static final SigningKey KEY = TestSigning.key("example.com");
    private static final DomainName APEX = DomainName.of("example.com");
    private static final RecordType NSEC3 = RecordType.NSEC3;

    private static final ZoneContents CONTENTS =
            ZoneText.parse(
                    "example.com",
                    """
                    $TTL 3600
                    @       SOA   ns1 hostmaster 1 3600 600 86400 60
                    @       NS    ns1
                    ns1     A     192.0.2.1
                    *.wild  A     192.0.2.2
                    a.empty A     192.0.2.3
                    alias   CNAME ns1
                    old     DNAME new
                    child   NS    ns1.child
                    ns1.child A   192.0.2.4
                    safe    NS    ns1
                    safe    DS    1 13 2 %s
                    """
                            .formatted("00".repeat(32)));

    private static final SteeredName WWW =
            new SteeredName(
                    DomainName.of("www.far.example.com"),
                    Set.of(RecordType.A, RecordType.AAAA),
                    0,
                    0);

    private static final SteeredName ANY =
            new SteeredName(DomainName.of("*.any.example.com"), Set.of(RecordType.A), 1, 0);

    private final Zone zone =
            TestSigning.of(Denial.NSEC3, "example.com")
                    .signer(APEX)
                    .orElseThrow()
                    .sign(CONTENTS, List.of(WWW, ANY), _ -> 20);

    private final List<RRset> chain = zone.proofs().orElseThrow().chain().records();

    @Test
    void eachNameThatExistsHasARecordAndNoOther() {
        List<String> names =
                List.of(
                        "@", "ns1", "wild", "*.wild", "empty", "a.empty", "alias", "old", "child",
                        "safe", "far", "www.far", "any", "*.any");
        assertThat(chain).map(RRset::owner).containsExactlyInAnyOrderElementsOf(hashed(names));
    }

    @Test
    void eachRecordLeadsToTheNextAndTheLastToTheFirst() {
        for (int i = 0; i < chain.size(); i++)
            assertThat(next(chain.get(i)))
                    .isEqualTo(Nsec3.hashIn(chain.get((i + 1) % chain.size()).owner()));
    }

    @Test
    void theRecordsAreSignedAndLiveNoLongerThanANameError() {
        assertThat(chain).allSatisfy(HashedZoneTest::assertSigned);
        assertThat(chain).allMatch(record -> record.ttl() == 60);
    }

    @Test
    void secondariesLearnHowNamesAreHashed() {
        var parameters = (Lookup.Found) lookup("@", RecordType.NSEC3PARAM);
        assertThat(parameters.rrset().rdata()).containsExactly(new byte[] {1, 0, 0, 0, 0});
        assertSigned(parameters.rrset());
        // NS, SOA, RRSIG, DNSKEY, NSEC3PARAM.
        assertThat(bitmap(about("@"))).isEqualTo("00072200000000" + "0290");
    }

    @Test
    void aNameThatOwnsNothingListsNothing() {
        assertThat(bitmap(about("empty"))).isEmpty();
        assertThat(bitmap(about("far"))).isEmpty();
    }

    @Test
    void whatIsHandedOnListsSignaturesOnlyIfTheDsHasThem() {
        assertThat(bitmap(about("child"))).isEqualTo("000120");
        assertThat(bitmap(about("safe"))).isEqualTo("00062000000000" + "12");
    }

    @Test
    void aTypeThatANameHasNotIsDeniedByTheRecordAboutIt() {
        assertThat(noData("ns1", RecordType.TXT)).containsExactly(about("ns1"));
        assertThat(noData("empty", RecordType.A)).containsExactly(about("empty"));
        assertThat(noData("www.far", RecordType.TXT)).containsExactly(about("www.far"));
        assertThat(noData("child", RecordType.DS)).containsExactly(about("child"));
    }

    @Test
    void aNameErrorIsProvedByTheClosestEncloserTheNextCloserNameAndTheWildcard() {
        var error = (Lookup.NameError) lookup("x.y.empty", RecordType.A);
        assertThat(error.proof()).contains(about("empty"));
        assertCovered("y.empty", error.proof());
        assertCovered("*.empty", error.proof());
        assertThat(error.proof()).hasSizeBetween(2, 3).doesNotHaveDuplicates();
    }

    @Test
    void whatAWildcardGivesBearsTheProofThatTheNextCloserNameIsNotThere() {
        var found = (Lookup.Found) lookup("x.y.wild", RecordType.A);
        assertCovered("y.wild", found.proof());
        assertThat(found.proof()).hasSize(1);
        var steered = (Lookup.Steered) lookup("x.y.any", RecordType.A);
        assertCovered("y.any", steered.proof());
        assertThat(steered.proof()).hasSize(1);
    }

    @Test
    void aTypeThatAWildcardHasNotIsDeniedByTheRecordAboutItWhereItIsAndThatNothingIsCloser() {
        List<RRset> proof = noData("x.y.wild", RecordType.TXT);
        assertThat(proof).contains(about("wild"), about("*.wild"));
        assertCovered("y.wild", proof);
    }

    @Test
    void aSteeredTypeWithNothingToAnswerHasAProofWithoutItThatLivesNoLongerThanAnAnswer() {
        var steered = (Lookup.Steered) lookup("www.far", RecordType.A);
        RRset record = steered.ofNothing().getFirst();
        assertThat(record.owner()).isEqualTo(about("www.far").owner());
        assertThat(bitmap(record)).isEqualTo("0006000000080002");
        assertThat(record.ttl()).isEqualTo(20);
        assertSigned(record);
    }

    @Test
    void aSteeredWildcardWithNothingToAnswerIsProvedLikeOneThatHasNot() {
        var steered = (Lookup.Steered) lookup("x.any", RecordType.A);
        assertThat(steered.ofNothing())
                .map(RRset::owner)
                .containsAll(hashed(List.of("any", "*.any")));
        assertCovered("x.any", steered.ofNothing());
        assertThat(bitmap(steered.ofNothing().getLast())).as("nor a signature then").isEmpty();
    }

    @Test
    void whatIsHandedOnWithoutDsIsProvedToHaveNone() {
        var referral = (Lookup.Referral) lookup("x.child", RecordType.A);
        assertThat(referral.proof()).containsExactly(about("child"));
    }

    /// RFC 5155 §7.2.8.
    @Test
    void aNameThatARecordOfTheChainIsAtDoesNotExistForThat() {
        DomainName owner = about("ns1").owner();
        assertThat(zone.lookup(owner, NSEC3)).isInstanceOf(Lookup.NameError.class);
        assertThat(lookup("ns1", NSEC3)).isInstanceOf(Lookup.NoData.class);
    }

    @Test
    void whoAsksForSignaturesGetsThoseOfARecord() {
        var found = (Lookup.Found) lookup("alias", RecordType.RRSIG);
        var alias = (Lookup.Alias) lookup("alias", RecordType.A);
        assertThat(found.rrset().rdata()).isEqualTo(alias.links().getFirst().signatures());
    }

    @Test
    void anAliasStandsForNsecToo() {
        assertThat(lookup("alias", RecordType.NSEC)).isInstanceOf(Lookup.Alias.class);
    }

    private Lookup lookup(String name, RecordType type) {
        return zone.lookup(name(name), type);
    }

    private List<RRset> noData(String name, RecordType type) {
        return ((Lookup.NoData) lookup(name, type)).proof();
    }

    private RRset about(String name) {
        DomainName owner = Denial.NSEC3.owner(name(name), APEX);
        return chain.stream().filter(it -> it.owner().equals(owner)).findFirst().orElseThrow();
    }

    private static List<DomainName> hashed(List<String> names) {
        return names.stream().map(name -> Denial.NSEC3.owner(name(name), APEX)).toList();
    }

    private static DomainName name(String name) {
        return name.equals("@") ? APEX : DomainName.of(name + ".example.com");
    }

    private static void assertCovered(String name, List<RRset> proof) {
        byte[] hash = Nsec3.hash(name(name));
        assertThat(proof).as("what covers %s", name).anyMatch(record -> covers(record, hash));
    }

    private static boolean covers(RRset record, byte[] hash) {
        byte[] own = Nsec3.hashIn(record.owner());
        boolean isAfter = Arrays.compareUnsigned(own, hash) < 0;
        boolean isBefore = Arrays.compareUnsigned(hash, next(record)) < 0;
        boolean isLast = Arrays.compareUnsigned(own, next(record)) >= 0;
        return isLast ? isAfter || isBefore : isAfter && isBefore;
    }

    private static byte[] next(RRset record) {
        return Arrays.copyOfRange(record.rdata().getFirst(), 6, 26);
    }

    private static String bitmap(RRset record) {
        byte[] rdata = record.rdata().getFirst();
        return HexFormat.of().formatHex(Arrays.copyOfRange(rdata, 26, rdata.length));
    }

    private static void assertSigned(RRset rrset) {
        assertThat(rrset.signatures()).isNotEmpty();
        for (byte[] rrsig : rrset.signatures())
            assertThat(Rrsig.verifies(rrsig, rrset, KEY)).as("%s", rrset).isTrue();
    }
}
