package meridian.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsTest {

    private static final DomainName APEX = DomainName.of("example");
    private static final byte[] ONE = {1, 2, 3, 4};

    @ParameterizedTest
    @CsvSource({"1, A", "28, AAAA", "255, ANY", "0, TYPE0", "65280, TYPE65280", "65535, TYPE65535"})
    void aTypeWithoutANameHasItsNumber(int number, String text) {
        assertThat(new RecordType(number)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65536, Integer.MIN_VALUE})
    void aTypeIsOfSixteenBits(int number) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RecordType(number))
                .withMessage("no record type has the number " + number);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1L << 31, Long.MAX_VALUE})
    void aTtlIsOf31Bits(long ttl) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RRset(APEX, RecordType.A, ttl, List.of(ONE)))
                .withMessage("example. A has the TTL " + ttl + "; 0 to 2147483647 is accepted");
        assertThat(new RRset(APEX, RecordType.A, Integer.MAX_VALUE, List.of(ONE)).ttl())
                .isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void anRRsetHasARecord() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RRset(APEX, RecordType.MX, 20, List.of()))
                .withMessage("example. MX has no record");
    }

    @Test
    void rrsetsAreEqualByWhatTheirRecordsSay() {
        var one = new RRset(APEX, RecordType.A, 20, List.of(ONE));
        assertThat(one)
                .isEqualTo(
                        new RRset(DomainName.of("EXAMPLE"), RecordType.A, 20, List.of(ONE.clone())))
                .hasSameHashCodeAs(new RRset(APEX, RecordType.A, 20, List.of(ONE.clone())))
                .isNotEqualTo(new RRset(APEX, RecordType.A, 20, List.of(ONE, new byte[4])))
                .isNotEqualTo(new RRset(APEX, RecordType.A, 21, List.of(ONE)))
                .isNotEqualTo(new RRset(APEX, RecordType.A, 20, List.of(new byte[4])));
        assertThat(one.ownedBy(DomainName.of("a.example")).rdata()).isEqualTo(one.rdata());
    }

    @Test
    void aZoneBeginsWithTheSoaOfItsApex() {
        var soa = new RRset(APEX, RecordType.SOA, 20, List.of(ONE));
        var other = new RRset(DomainName.of("a.example"), RecordType.SOA, 20, List.of(ONE));
        var ns = new RRset(APEX, RecordType.NS, 20, List.of(ONE));
        assertThat(new ZoneContents(APEX, List.of(soa, ns)).soa()).isEqualTo(soa);
        for (List<RRset> wrong : List.of(List.<RRset>of(), List.of(ns, soa), List.of(other))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ZoneContents(APEX, wrong))
                    .withMessage("zone example. does not begin with its SOA");
        }
    }
}
