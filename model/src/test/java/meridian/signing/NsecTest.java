package meridian.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.TreeSet;
import java.util.stream.IntStream;
import meridian.record.DomainName;
import meridian.record.RecordType;
import org.junit.jupiter.api.Test;

class NsecTest {

    /// RFC 4034 §4.3.
    @Test
    void theExampleOfTheRfcIsTheOneThatIsMade() {
        assertThat(rdata(1, 15, 46, 47, 1234))
                .isEqualTo(
                        "04686f7374076578616d706c6503636f6d00"
                                + "0006400100000003"
                                + "041b"
                                + "00".repeat(26)
                                + "20");
    }

    @Test
    void typesOfOneWindowEndAtTheLast() {
        assertThat(rdata(2, 6)).endsWith("000122");
    }

    @Test
    void aWindowWithoutTypesIsLeftOut() {
        assertThat(rdata(257)).endsWith("00010140");
    }

    private static String rdata(int... types) {
        var all = new TreeSet<RecordType>();
        IntStream.of(types).mapToObj(RecordType::new).forEach(all::add);
        return HexFormat.of().formatHex(Denial.NSEC.rdata(DomainName.of("host.example.com"), all));
    }
}
