package meridian.dns.signed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
import meridian.signing.Rrsig;
import meridian.signing.SigningKey;
import org.junit.jupiter.api.Test;

class SignedZoneTest {

    private static final SigningKey KEY = TestSigning.key("example.com");

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
                    old     DNAME new
                    child   NS    ns1.child
                    ns1.child A   192.0.2.4
                    safe    NS    ns1
                    safe    DS    1 13 2 %s
                    """
                            .formatted("00".repeat(32)));

    private static final SteeredName WWW =
            new SteeredName(
                    DomainName.of("www.example.com"), Set.of(RecordType.A, RecordType.AAAA), 0, 0);

    private final Zone zone = signed(TestSigning.of("example.com"));

    private static Zone signed(Signing signing) {
        return signing.signer(DomainName.of("example.com"))
                .orElseThrow()
                .sign(CONTENTS, List.of(WWW), _ -> 20);
    }

    @Test
    void dataIsSigned() {
        var found = (Lookup.Found) lookup("ns1", RecordType.A);
        assertSigned(found.rrset());
        assertThat(found.proof()).isEmpty();
    }

    @Test
    void theKeysAreInTheZoneAndSigned() {
        RRset keys = ((Lookup.Found) lookup("@", RecordType.DNSKEY)).rrset();
        assertThat(keys.rdata()).containsExactly(KEY.dnskey());
        assertSigned(keys);
    }

    @Test
    void whatAWildcardGivesBearsTheSignatureOfTheWildcardAndTheProofThatTheNameIsNotThere() {
        var found = (Lookup.Found) lookup("x.wild", RecordType.A);
        byte[] rrsig = found.rrset().signatures().getFirst();
        assertThat(rrsig[3]).as("labels").isEqualTo((byte) 3);
        assertThat(Rrsig.verifies(rrsig, found.rrset().ownedBy(name("*.wild")), KEY)).isTrue();
        assertThat(owners(found.proof())).containsExactly("*.wild.example.com.");
    }

    @Test
    void aNameErrorIsProvedByTheNamesBeforeItAndBeforeItsWildcard() {
        var error = (Lookup.NameError) lookup("p", RecordType.A);
        assertThat(owners(error.proof())).containsExactly("example.com.", "old.example.com.");
        error.proof().forEach(SignedZoneTest::assertSigned);
        assertSigned(error.soa().livingFor(3600));
    }

    @Test
    void aNameThatExistsForOthersBelowItIsProvedByTheOneBeforeIt() {
        var nothing = (Lookup.NoData) lookup("empty", RecordType.A);
        assertThat(owners(nothing.proof())).containsExactly("child.example.com.");
    }

    @Test
    void theTypesOfASteeredNameAreInItsProof() {
        var nothing = (Lookup.NoData) lookup("www", RecordType.TXT);
        assertThat(owners(nothing.proof())).containsExactly("www.example.com.");
        assertThat(bitmap(nothing.proof().getFirst())).isEqualTo("0006400000080003");
    }

    @Test
    void aSteeredTypeWithNothingToAnswerHasAProofWithoutItThatLivesNoLongerThanAnAnswer() {
        var steered = (Lookup.Steered) lookup("www", RecordType.A);
        RRset nsec = steered.ofNothing().getFirst();
        assertThat(bitmap(nsec)).isEqualTo("0006000000080003");
        assertThat(nsec.ttl()).isEqualTo(20);
        assertSigned(nsec);
    }

    @Test
    void proofsLiveNoLongerThanANameError() {
        assertThat(((Lookup.NoData) lookup("ns1", RecordType.TXT)).proof().getFirst().ttl())
                .isEqualTo(60);
    }

    @Test
    void whatIsHandedOnIsNotSignedAndProvedToHaveNoDs() {
        var referral = (Lookup.Referral) lookup("x.child", RecordType.A);
        assertThat(referral.ns().signatures()).isEmpty();
        assertThat(referral.glue().getFirst().signatures()).isEmpty();
        assertThat(owners(referral.proof())).containsExactly("child.example.com.");
        assertThat(bitmap(referral.proof().getFirst())).isEqualTo("0006200000000003");
    }

    @Test
    void whatIsHandedOnWithDsHasThatSigned() {
        var referral = (Lookup.Referral) lookup("x.safe", RecordType.A);
        assertSigned(referral.ds().orElseThrow());
        assertThat(referral.proof()).isEmpty();
    }

    @Test
    void aDnameIsSignedAndTheAliasThatItMakesIsNot() {
        var alias = (Lookup.Alias) lookup("x.old", RecordType.A);
        assertSigned(alias.links().getFirst());
        assertThat(alias.links().getLast().signatures()).isEmpty();
    }

    @Test
    void whoAsksForSignaturesGetsThoseOfTheNsec() {
        var found = (Lookup.Found) lookup("ns1", RecordType.RRSIG);
        var nsec = (Lookup.Found) lookup("ns1", RecordType.NSEC);
        assertThat(found.rrset().rdata()).isEqualTo(nsec.rrset().signatures());
    }

    @Test
    void whatIsTheSameIsNotSignedAgainUntilItNearsItsEnd() {
        var store = new SignatureStore(() -> 0);
        var keys = TestSigning.zones(Denial.NSEC, "example.com");
        var noon = TestSigning.NOON;
        Signing first = Signing.begin(keys, store, noon);
        byte[] rrsig = signatureOfNs(first);
        Signing soon = first.again(noon.plus(Duration.ofDays(8)));
        assertThat(signatureOfNs(soon)).isSameAs(rrsig);
        assertThat(soon.isDue(noon.plus(Duration.ofDays(8)).plusSeconds(3600))).isFalse();
        Instant late = noon.plus(Duration.ofDays(9)).plusSeconds(3600);
        assertThat(soon.isDue(late)).isTrue();
        byte[] renewed = signatureOfNs(soon.again(late));
        assertThat(Rrsig.expiration(renewed)).isEqualTo(late.plus(SignatureStore.VALIDITY));
    }

    @Test
    void aPassThatIsRefusedHidesNothingOfTheOneThatServes() {
        var store = new SignatureStore(() -> 0);
        var noon = TestSigning.NOON;
        Signing serving = Signing.begin(TestSigning.zones(Denial.NSEC, "example.com"), store, noon);
        signed(serving);
        Signing.begin(Map.of(), store, noon.plusSeconds(1));
        assertThat(serving.earliestExpiration()).contains(noon.plus(SignatureStore.VALIDITY));
        assertThat(serving.isDue(noon.plus(Duration.ofDays(10)))).isTrue();
    }

    @Test
    void aZoneOfManyNamesIsSignedWholeByAsManyThreadsAsThereAreCores() {
        var text = new StringBuilder("@ SOA ns1 hostmaster 1 3600 600 86400 60\n@ NS ns1\n");
        for (int i = 0; i < 500; i++) text.append("n%d A 192.0.2.%d\n".formatted(i, i % 256));
        Zone many =
                TestSigning.of("example.com")
                        .signer(DomainName.of("example.com"))
                        .orElseThrow()
                        .sign(ZoneText.parse("example.com", text.toString()), List.of(), _ -> 20);
        for (int i = 0; i < 500; i++) {
            var found = (Lookup.Found) many.lookup(name("n" + i), RecordType.A);
            assertSigned(found.rrset());
            var nothing = (Lookup.NoData) many.lookup(name("n" + i), RecordType.TXT);
            assertThat(owners(nothing.proof())).containsExactly("n" + i + ".example.com.");
            assertSigned(nothing.proof().getFirst());
        }
    }

    private static byte[] signatureOfNs(Signing signing) {
        var found =
                (Lookup.Found)
                        signed(signing).lookup(DomainName.of("ns1.example.com"), RecordType.A);
        return found.rrset().signatures().getFirst();
    }

    private Lookup lookup(String name, RecordType type) {
        return zone.lookup(name(name), type);
    }

    private static DomainName name(String name) {
        return DomainName.of(name.equals("@") ? "example.com" : name + ".example.com");
    }

    private static List<String> owners(List<RRset> proof) {
        var owners = new ArrayList<String>();
        for (RRset nsec : proof) owners.add(nsec.owner().toString());
        return owners;
    }

    /// Behind the next name.
    private static String bitmap(RRset nsec) {
        byte[] rdata = nsec.rdata().getFirst();
        int at = 0;
        while (rdata[at] != 0) at += 1 + rdata[at];
        return java.util.HexFormat.of().formatHex(Arrays.copyOfRange(rdata, at + 1, rdata.length));
    }

    private static void assertSigned(RRset rrset) {
        assertThat(rrset.signatures()).isNotEmpty();
        for (byte[] rrsig : rrset.signatures())
            assertThat(Rrsig.verifies(rrsig, rrset, KEY)).as("%s", rrset).isTrue();
    }
}
