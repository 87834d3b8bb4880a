package meridian.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import meridian.record.DomainName;
import meridian.record.RecordType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Nsec3Test {

    private static final DomainName APEX = DomainName.of("example.com");

    /// As BIND's `nsec3hash - 1 0 NAME` gives it.
    @ParameterizedTest
    @CsvSource({
        "example.com, onib9mgub9h0rml3cdf5bgrj59dkjhvk",
        "Example.COM, onib9mgub9h0rml3cdf5bgrj59dkjhvk",
        "a.example.com, h64kfa4p1acer2ebps9qsdk6dnp8b3jq",
        "ns1.example.com, gufvra2sfio8rsfp7uo41e8ad1kr41fh",
        "*.example.com, 4f3cnt8cu22tngec382jj4gde4rb47ub",
        "., bekjp7dgpvsjukll47bk43i3urmq4u2f",
    })
    void aNameHasTheHashThatOthersGiveIt(String name, String hash) {
        DomainName owner = Denial.NSEC3.owner(DomainName.of(name), APEX);
        assertThat(owner).hasToString(hash + ".example.com.");
        assertThat(Nsec3.hashIn(owner)).isEqualTo(Nsec3.hash(DomainName.of(name)));
    }

    @Test
    void itHasNoSaltAndOneIterationAndTheHashThatFollows() {
        DomainName next = Denial.NSEC3.owner(APEX, APEX);
        assertThat(hex(Denial.NSEC3.rdata(next, types(1, 46))))
                .isEqualTo("01000000" + "00" + "14" + hex(Nsec3.hash(APEX)) + "0006400000000002");
        assertThat(hex(Nsec3.parameters())).isEqualTo("0100000000");
    }

    @Test
    void aNameWithoutRecordsListsNone() {
        SortedSet<RecordType> none = types();
        assertThat(Denial.NSEC3.isAbout(none)).isTrue();
        assertThat(Denial.NSEC3.listed(none, false)).isEmpty();
        assertThat(Denial.NSEC.isAbout(none)).isFalse();
    }

    @Test
    void itIsNotAmongTheTypesOfTheNameThatItIsAboutAndSignaturesAreIfThereAreAny() {
        assertThat(Denial.NSEC3.listed(types(1), true)).isEqualTo(types(1, 46));
        assertThat(Denial.NSEC3.listed(types(2), false)).isEqualTo(types(2));
        assertThat(Denial.NSEC.listed(types(2), false)).isEqualTo(types(2, 46, 47));
    }

    @Test
    void withoutTheLastTypeThereIsNoSignatureEither() {
        byte[] both = rdata(1, 28, 46);
        assertThat(Denial.NSEC3.without(both, Set.of(RecordType.A))).isEqualTo(rdata(28, 46));
        assertThat(Denial.NSEC3.without(both, Set.of(RecordType.A, RecordType.AAAA)))
                .isEqualTo(rdata());
    }

    @Test
    void aZoneWhoseHashedNamesWouldBeTooLongIsRefused() {
        String labels = ("a".repeat(63) + ".").repeat(3);
        assertThat(signing(labels + "b".repeat(28)).denial()).isEqualTo(Denial.NSEC3);
        assertThatThrownBy(() -> signing(labels + "b".repeat(29)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("is nsec3, and aaa")
                .hasMessageEndingWith(". has 223 octets; up to 222, or nsec, are accepted");
    }

    private static ZoneSigning signing(String apex) {
        SigningKey of = TestKeys.ED25519;
        var key =
                new SigningKey(
                        DomainName.of(apex),
                        of.flags(),
                        of.algorithm(),
                        of.publicKey(),
                        of.privateKey(),
                        of.timing());
        return new ZoneSigning(new ZoneKeys(key.zone(), List.of(key)), Denial.NSEC3);
    }

    private static byte[] rdata(int... types) {
        return Denial.NSEC3.rdata(Denial.NSEC3.owner(APEX, APEX), types(types));
    }

    private static SortedSet<RecordType> types(int... numbers) {
        var types = new TreeSet<RecordType>();
        for (int number : numbers) types.add(new RecordType(number));
        return types;
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }
}
