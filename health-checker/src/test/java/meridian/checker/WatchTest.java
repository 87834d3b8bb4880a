package meridian.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import meridian.health.Health;
import meridian.health.Opinion;
import meridian.health.ProbeResult;
import meridian.time.HybridTime;
import meridian.topology.Check;
import meridian.topology.Monitor;
import meridian.topology.RiseFall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchTest {

    private static final Monitor MONITOR =
            new Monitor(
                    "web",
                    new Check.Tcp(80),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(500),
                    new RiseFall(2, 3));

    private static final ProbeResult PASSED = new ProbeResult.Passed(Duration.ofMillis(3));
    private static final ProbeResult FAILED =
            new ProbeResult.Failed(ProbeResult.Kind.STATUS, "status 503, expected 200");
    private static final ProbeResult NOT_MADE = new ProbeResult.NotMade("no descriptors");

    /// A clock that began before its zero, as nanosecond clocks may.
    private static final long START = Long.MAX_VALUE - millis(2_500);

    /// Letters are results, one a second: P passed, F failed, N not made, `-` none; below each,
    /// what is thought then.
    @ParameterizedTest
    @CsvSource({
        // rise 2, fall 3
        "PP,        uU",
        "FFF,       uuD",
        "PPFF,      uUUU",
        "PPFFF,     uUUUD",
        "PPFFPFFF,  uUUUUUUD",
        "FFFPFPP,   uuDDDDU",
        "PFPFPF,    uuuuuu",
        "PPNNN,     uUUUU",
        // stalled after three intervals and the timeout, and begun anew
        "PP---,     uUUUU",
        "PP----,    uUUUUu",
        "PP----P,   uUUUUuu",
        "PP----PP,  uUUUUuuU",
        "PP----F,   uUUUUuu",
        "PP----FFF, uUUUUuuuD",
        "PPNNNN,    uUUUUu",
        "----,      uuuu",
    })
    void opinionsFollowResults(String results, String expected) {
        assertThat(opinions(results)).isEqualTo(expected);
    }

    @Test
    void anOpinionIsAsOldAsItsTurnAndToldWhy() {
        Watch up = after("PP");
        assertThat(up.opinion(START + millis(2000)))
                .isEqualTo(new Opinion(Health.UP, new HybridTime(2000, 0), ""));

        Watch still = after("PPPFF");
        assertThat(still.opinion(START + millis(5000)))
                .isEqualTo(new Opinion(Health.UP, new HybridTime(2000, 0), ""));

        Watch down = after("PPPFFFF");
        assertThat(down.opinion(START + millis(7000)))
                .isEqualTo(
                        new Opinion(
                                Health.DOWN, new HybridTime(6000, 0), "status 503, expected 200"));
    }

    @Test
    void anOpinionThatIsNoneYetSaysWhy() {
        assertThat(after("").opinion(START).reason()).isEqualTo("too few probes yet");
        assertThat(after("F").opinion(START + millis(1000)).reason())
                .isEqualTo("status 503, expected 200");
        assertThat(after("PP").opinion(START + millis(5501)).reason())
                .isEqualTo("no probe was completed for 3501 ms");
    }

    /// Milliseconds after the due time at which a probe ended → the next due time, and how many
    /// were skipped.
    @ParameterizedTest
    @CsvSource({
        "0,     1000,  0",
        "400,   1000,  0",
        "1000,  1000,  0",
        "1001,  2000,  1",
        "2000,  2000,  1",
        "10300, 11000, 10"
    })
    void dueTimesAreFixedAndMissedOnesSkipped(long ended, long next, long skipped) {
        Watch watch = after("");
        assertThat(watch.nextDue(START, START + millis(ended)) - START).isEqualTo(millis(next));
        assertThat(watch.skipped(START, START + millis(ended))).isEqualTo(skipped);
    }

    @Test
    void watchesThatBeginTogetherAreSpreadOverTheTicksOfOneInterval() {
        var random = new Random(7);
        var perTenth = new int[10];
        for (int i = 0; i < 10_000; i++) {
            long wait = after("").firstDue(START, random.nextLong()) - START;
            assertThat(wait).isBetween(0L, millis(1000) - 1);
            assertThat((START + wait) % millis(10)).isZero();
            perTenth[(int) (wait / millis(100))]++;
        }
        assertThat(IntStream.of(perTenth)).allMatch(count -> count > 850 && count < 1150);
    }

    private static String opinions(String results) {
        var thought = new StringBuilder();
        for (int i = 1; i <= results.length(); i++) {
            Health health =
                    after(results.substring(0, i)).opinion(START + millis(1000L * i)).health();
            thought.append(health == Health.UNKNOWN ? 'u' : health.name().charAt(0));
        }
        return thought.toString();
    }

    private static Watch after(String results) {
        Watch watch = Watch.begun(MONITOR, HybridTime.ZERO, START);
        for (int i = 0; i < results.length(); i++) {
            watch = observed(watch, results.charAt(i), 1000L * (i + 1));
        }
        return watch;
    }

    private static Watch observed(Watch watch, char result, long millis) {
        var time = new HybridTime(millis, 0);
        long now = START + millis(millis);
        return switch (result) {
            case 'P' -> watch.observe(PASSED, time, now);
            case 'F' -> watch.observe(FAILED, time, now);
            case 'N' -> watch.observe(NOT_MADE, time, now);
            default -> watch;
        };
    }

    private static long millis(long count) {
        return TimeUnit.MILLISECONDS.toNanos(count);
    }
}
