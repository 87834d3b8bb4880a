package meridian.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import meridian.health.Health;
import meridian.health.Opinion;
import meridian.health.ProbeResult;
import meridian.time.HybridTime;
import meridian.topology.Check;
import meridian.topology.Damping;
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

    /// rise 2, fall 3: the hold counts from the first of the passes in a row.
    @Test
    void whatIsDownIsUpOnceItHasPassedForItsHold() {
        Monitor patient = patient(Duration.ofSeconds(5), Optional.empty());
        assertThat(opinions(patient, "PPFFFPPPPPPP")).isEqualTo("uUUUDDDDDDUU");
        assertThat(opinions(patient, "PPFFFPPPPFPPPPPPP")).isEqualTo("uUUUDDDDDDDDDDDUU");
        assertThat(opinion(patient, "PPFFFPP").reason())
                .isEqualTo("passes again; 4 s more of its hold");
    }

    @Test
    void aFallNowAndThenIsNeverHeldOut() {
        String day = "PPFFF".repeat(5) + "PP";
        assertThat(opinions(MONITOR, day)).endsWith("DDU").contains("DDUUUDDU");
        assertThat(watch(MONITOR, day).isHeldOut(START + millis(1000L * day.length()))).isFalse();
    }

    @Test
    void whatGoesDownAgainAndAgainIsHeldOutForLongerAndLonger() {
        Monitor restless = patient(Duration.ZERO, Optional.of(damping()));
        String free = "PPFFF".repeat(2) + "PP";
        assertThat(opinions(restless, free)).endsWith("DDU");
        String third = free + "FFF" + "P".repeat(40);
        assertThat(secondsDown(restless, third)).isEqualTo(10);
        String fourth = third + "FFF" + "P".repeat(40);
        assertThat(secondsDown(restless, fourth)).isBetween(16L, 20L);
        String many = ("FFF" + "P".repeat(62)).repeat(12);
        assertThat(secondsDown(restless, "PP" + many)).as("the longest").isLessThanOrEqualTo(60);
    }

    @Test
    void whatIsHeldOutSaysForHowLongAndWhyAndIsFreedByAPardon() {
        Monitor restless = patient(Duration.ZERO, Optional.of(damping()));
        String often = "PPFFF".repeat(3);
        Watch held = watch(restless, often + "PPP");
        long now = START + millis(1000L * (often.length() + 3));
        assertThat(held.isHeldOut(now)).isTrue();
        assertThat(held.opinion(now).health()).isEqualTo(Health.DOWN);
        assertThat(held.opinion(now).reason())
                .isEqualTo("held out for 7 s more: went down 3 times of late");
        assertThat(held.opinion(now).heldOut()).isEqualTo(Duration.ofSeconds(7));
        assertThat(held.opinion(now + millis(500)).heldOut()).isEqualTo(Duration.ofSeconds(7));
        Watch pardoned = observed(held.pardoned(), 'P', 1000L * (often.length() + 4));
        assertThat(pardoned.opinion(now + millis(1000)).health()).isEqualTo(Health.UP);
    }

    @Test
    void whatHasBeenCalmForLongIsNotHeldOutAgain() {
        Monitor restless = patient(Duration.ZERO, Optional.of(damping()));
        String calm = "PPFFF".repeat(3) + "P".repeat(20_000);
        assertThat(secondsDown(restless, calm + "FFFPP")).isEqualTo(2);
    }

    /// Free: 2. Then 10 s, 20 s, 40 s, at most a minute.
    private static Damping damping() {
        return new Damping(2, Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofHours(1));
    }

    private static Monitor patient(Duration hold, Optional<Damping> damping) {
        return new Monitor(
                "web",
                MONITOR.check(),
                MONITOR.interval(),
                MONITOR.timeout(),
                MONITOR.thresholds(),
                hold,
                damping);
    }

    /// For how long it was down the last time.
    private static long secondsDown(Monitor monitor, String results) {
        String opinions = opinions(monitor, results);
        int last = opinions.lastIndexOf('D');
        int before = Math.max(opinions.lastIndexOf('U', last), opinions.lastIndexOf('u', last));
        return (long) last - before;
    }

    private static String opinions(Monitor monitor, String results) {
        var thought = new StringBuilder();
        Watch watch = Watch.begun(monitor, HybridTime.ZERO, START);
        for (int i = 0; i < results.length(); i++) {
            long millis = 1000L * (i + 1);
            watch = observed(watch, results.charAt(i), millis);
            thought.append(letter(watch.opinion(START + millis(millis)).health()));
        }
        return thought.toString();
    }

    private static Opinion opinion(Monitor monitor, String results) {
        return watch(monitor, results).opinion(START + millis(1000L * results.length()));
    }

    private static char letter(Health health) {
        return health == Health.UNKNOWN ? 'u' : health.name().charAt(0);
    }

    private static String opinions(String results) {
        var thought = new StringBuilder();
        for (int i = 1; i <= results.length(); i++) {
            thought.append(
                    letter(
                            after(results.substring(0, i))
                                    .opinion(START + millis(1000L * i))
                                    .health()));
        }
        return thought.toString();
    }

    private static Watch after(String results) {
        return watch(MONITOR, results);
    }

    private static Watch watch(Monitor monitor, String results) {
        Watch watch = Watch.begun(monitor, HybridTime.ZERO, START);
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
