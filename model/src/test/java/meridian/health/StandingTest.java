package meridian.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Collectors;
import meridian.time.HybridTime;
import meridian.topology.RiseFall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandingTest {

    private static final ProbeResult PASSED = new ProbeResult.Passed(Duration.ofMillis(3));

    /// Results in order (p passed, f failed, n not made), and after each: u up, d down, - unknown.
    @ParameterizedTest
    @CsvSource({
        "2, 2, p,        -",
        "2, 2, f,        -",
        "2, 2, pp,       -u",
        "2, 2, ff,       -d",
        "2, 2, pfpfpfpf, --------",
        "2, 2, fpfpfpfp, --------",
        "2, 2, pfpp,     ---u",
        "2, 2, ppfpfpf,  -uuuuuu",
        "2, 2, ppff,     -uud",
        "2, 2, ppfpff,   -uuuud",
        "2, 2, ffpfpfp,  -dddddd",
        "2, 2, ffpp,     -ddu",
        "1, 1, pfpf,     udud",
        "1, 1, f,        d",
        "2, 3, ppffpff,  -uuuuuu",
        "2, 3, ppfff,    -uuud",
        "3, 1, pppfppp,  --udddu",
        "2, 2, npnpnn,   ---uuu",
        "2, 2, ppfnnnf,  -uuuuud",
        "2, 2, nnnn,     ----"
    })
    void anOpinionTurnsAfterARunOfContradictions(
            int rise, int fall, String results, String opinions) {
        var thresholds = new RiseFall(rise, fall);
        var standing = Standing.UNKNOWN;
        var seen = new StringBuilder();
        for (int i = 0; i < results.length(); i++) {
            standing = standing.after(result(results.charAt(i)), thresholds);
            seen.append(letter(standing.health()));
        }
        assertThat(seen).hasToString(opinions);
    }

    /// An opinion is what the last run of `rise` passes or `fall` failures said.
    @Test
    void anyHistoryEndsWithTheLastRunThatWasLongEnough() {
        for (int seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            var thresholds = new RiseFall(1 + random.nextInt(4), 1 + random.nextInt(4));
            String history =
                    random.ints(random.nextInt(40), 0, 5)
                            .mapToObj(i -> "ppffn".substring(i, i + 1))
                            .collect(Collectors.joining());
            var standing = Standing.UNKNOWN;
            for (int i = 0; i < history.length(); i++)
                standing = standing.after(result(history.charAt(i)), thresholds);
            assertThat(standing.health())
                    .as("seed %d: %s with %s", seed, history, thresholds)
                    .isEqualTo(expected(history.replace("n", ""), thresholds));
        }
    }

    @Test
    void theReasonIsOfTheLastFailureUntilItIsUpAgain() {
        var thresholds = new RiseFall(2, 2);
        Standing once = Standing.UNKNOWN.after(failed("status 503"), thresholds);
        assertThat(once.reason()).isEqualTo("status 503");
        Standing down = once.after(failed("timeout"), thresholds);
        assertThat(down).isEqualTo(new Standing(Health.DOWN, -2, "timeout"));
        assertThat(down.after(PASSED, thresholds).reason()).isEqualTo("timeout");
        assertThat(down.after(PASSED, thresholds).after(PASSED, thresholds))
                .isEqualTo(new Standing(Health.UP, 2, ""));
    }

    /// Seven years of passes at 100 ms are more than an int holds.
    @Test
    void aRunNeverOverflows() {
        var thresholds = new RiseFall(2, 2);
        var forEver = new Standing(Health.UP, Integer.MAX_VALUE, "");
        assertThat(forEver.after(PASSED, thresholds)).isEqualTo(new Standing(Health.UP, 2, ""));
        var deadForEver = new Standing(Health.DOWN, Integer.MIN_VALUE, "refused");
        assertThat(deadForEver.after(failed("refused"), thresholds))
                .isEqualTo(new Standing(Health.DOWN, -2, "refused"));
    }

    /// After a reload the thresholds may be others than those that the run began under.
    @Test
    void lowerThresholdsHoldFromTheNextResultOn() {
        var standing = Standing.UNKNOWN.after(failed("x"), new RiseFall(5, 5));
        assertThat(standing.after(failed("x"), new RiseFall(2, 2)).health()).isEqualTo(Health.DOWN);
    }

    @Test
    void aLongReasonIsCutBetweenCharacters() {
        String reason = "x".repeat(Opinion.MAX_REASON - 1) + "\uD83D\uDE00 and more";
        assertThat(new Opinion(Health.DOWN, HybridTime.ZERO, reason).reason())
                .isEqualTo("x".repeat(Opinion.MAX_REASON - 1));
    }

    @Test
    void aVerdictIsUpOrDown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Verdict(Health.UNKNOWN, Hearing.stamp(1, "a")))
                .withMessage("a verdict is up or down, not unknown");
    }

    private static Health expected(String results, RiseFall thresholds) {
        for (int end = results.length(); end > 0; end--) {
            String until = results.substring(0, end);
            if (until.endsWith("p".repeat(thresholds.rise()))) return Health.UP;
            if (until.endsWith("f".repeat(thresholds.fall()))) return Health.DOWN;
        }
        return Health.UNKNOWN;
    }

    private static ProbeResult result(char letter) {
        return switch (letter) {
            case 'p' -> PASSED;
            case 'f' -> failed("refused");
            case 'n' -> new ProbeResult.NotMade("no file descriptor is left");
            default -> throw new IllegalArgumentException("no result is " + letter);
        };
    }

    private static ProbeResult failed(String reason) {
        return new ProbeResult.Failed(ProbeResult.Kind.CONNECTION, reason);
    }

    private static char letter(Health health) {
        return switch (health) {
            case UP -> 'u';
            case DOWN -> 'd';
            case UNKNOWN -> '-';
        };
    }
}
