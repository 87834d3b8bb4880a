package meridian.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DnsperfTest {

    private static final String SAID =
            """
            [Status] Testing complete (time limit)

            Statistics:

              Queries sent:         1204
              Queries completed:    1200 (99.67%)
              Queries lost:         4 (0.33%)

              Response codes:       NOERROR 1200 (100.00%)
              Average packet size:  request 29, response 45
              Run time (s):         1.003000
              Queries per second:   1196.410768

              Average Latency (s):  0.000102 (min 0.000017, max 0.010101)
              Latency StdDev (s):   0.000200
            """;

    @Test
    void itsCountsAreRead() throws BenchException {
        assertThat(Dnsperf.Counts.of(SAID))
                .isEqualTo(new Dnsperf.Counts(1200, 4, 1196.410768, "NOERROR 1200 (100.00%)"));
    }

    @Test
    void oneOtherRcodeIsNotAllOfOne() throws BenchException {
        assertThat(Dnsperf.Counts.of(SAID).areAll("NOERROR")).isTrue();
        assertThat(Dnsperf.Counts.of(SAID).areAll("NXDOMAIN")).isFalse();
        String mixed =
                SAID.replace("NOERROR 1200 (100.00%)", "NOERROR 1199 (99.92%), REFUSED 1 (0.08%)");
        assertThat(Dnsperf.Counts.of(mixed).areAll("NOERROR")).isFalse();
    }

    @Test
    void whereNothingWasAnsweredOrCountedThatIsTold() {
        assertThatThrownBy(() -> Dnsperf.Counts.of(SAID.replace("1200 (99.67%)", "0 (0.00%)")))
                .hasMessageStartingWith("no query was answered");
        assertThatThrownBy(() -> Dnsperf.Counts.of("Error: unable to bind"))
                .hasMessage("dnsperf says: Error: unable to bind");
    }
}
