package meridian.dns.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeastRateTest {

    private static final LeastRate RATE = new LeastRate(Long.MAX_VALUE - 5);

    @Test
    void whoTakesAMessageEverySecondMayTakeAsLongAsItTakes() {
        for (int taken = 0; taken < 100_000; taken++)
            assertThat(RATE.isMissed(taken, after(Duration.ofSeconds(taken + 1)))).isFalse();
    }

    @Test
    void whoTakesOneEveryTenSecondsIsTooSlowOnceTheHeadStartIsUsedUp() {
        assertThat(RATE.isMissed(6, after(Duration.ofSeconds(60)))).isFalse();
        assertThat(RATE.isMissed(7, after(Duration.ofSeconds(70)))).isTrue();
    }

    private static long after(Duration since) {
        return RATE.begun() + since.toNanos();
    }
}
