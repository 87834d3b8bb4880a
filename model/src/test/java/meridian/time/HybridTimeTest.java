package meridian.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import meridian.topology.NodeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HybridTimeTest {

    private static final long NOW = 1_795_000_000_000L;
    private static final long YEAR_9999 = 253_402_300_799_999L;

    /// What the clock shows, and the reading after 1000/5.
    @ParameterizedTest
    @CsvSource({
        "1001, 1001, 0",
        "1000, 1000, 6",
        "999, 1000, 6",
        "0, 1000, 6",
        "-1, 1000, 6",
        "-9223372036854775808, 1000, 6",
        "9223372036854775807, 1000, 6"
    })
    void theNextReadingIsTheClocksWhereThatIsAhead(long clock, long millis, int counter) {
        assertThat(new HybridTime(1000, 5).next(clock)).isEqualTo(new HybridTime(millis, counter));
    }

    @Test
    void whateverClocksShowReadingsGrow() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var time = HybridTime.ZERO;
            for (int i = 0; i < 200; i++) {
                long clock = random.nextInt(4) == 0 ? random.nextLong() : NOW + random.nextInt(50);
                HybridTime next = time.next(clock);
                assertThat(next).as("seed %d", seed).isGreaterThan(time);
                time = next;
            }
        }
    }

    @Test
    void aFullCounterIsCarried() {
        assertThat(new HybridTime(1000, Integer.MAX_VALUE).next(0))
                .isEqualTo(new HybridTime(1001, 0));
    }

    /// One node's clock is ten years ahead: all follow it, and go on from there.
    @Test
    void aClockThatIsAheadIsFollowedAndOrderIsKept() {
        HybridTime ahead = HybridTime.ZERO.next(NOW + Duration.ofDays(3650).toMillis());
        HybridTime next = HybridTime.ZERO.next(NOW).max(ahead).next(NOW + 1);
        assertThat(next).isEqualTo(new HybridTime(ahead.millis(), 1));
    }

    @Test
    void aTimeIsNotBelowZeroNorBehindTheYear9999() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HybridTime(-1, 0))
                .withMessage("no hybrid time is -1/0: both count up from 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new HybridTime(0, -1));
        assertThat(new HybridTime(YEAR_9999, 0).next(NOW).counter()).isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HybridTime(YEAR_9999 + 1, 0))
                .withMessage("no hybrid time is 253402300800000/0: the last is 253402300799999");
    }

    @Test
    void stampsAreOrderedByTimeThenNode() {
        assertThat(stamp(1, 9, "z")).isLessThan(stamp(2, 0, "a"));
        assertThat(stamp(2, 0, "z")).isLessThan(stamp(2, 1, "a"));
        assertThat(stamp(2, 1, "a")).isLessThan(stamp(2, 1, "b"));
        assertThat(stamp(2, 1, "a")).isEqualByComparingTo(stamp(2, 1, "a"));
    }

    @Test
    void aStampIsMovedBehindWhatItKnowsOf() {
        Stamp newer = stamp(9, 0, "a");
        assertThat(newer.after(stamp(8, 7, "z"))).isSameAs(newer);
        assertThat(stamp(8, 0, "a").after(newer)).isEqualTo(stamp(9, 1, "a"));
        assertThat(newer.after(newer)).isEqualTo(stamp(9, 1, "a"));
        assertThat(stamp(9, 0, "b").after(newer)).isEqualTo(stamp(9, 0, "b"));
    }

    private static Stamp stamp(long millis, int counter, String node) {
        return new Stamp(new HybridTime(millis, counter), new NodeId(node));
    }
}
