package meridian.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long MILLI = 1_000_000;

    @Test
    void calmFleetsBeatOnceASecond() {
        assertThat(new Pace(0, 116_000).due(false)).isEqualTo(1_000 * MILLI);
    }

    @Test
    void aTurnThatComesAloneIsDueAtOnce() {
        long longAgo = -300 * MILLI;
        assertThat(new Pace(longAgo, 116_000).due(true)).isNegative();
    }

    @Test
    void turnsInABurstLeaveRoomForOneAnother() {
        assertThat(new Pace(0, 0).due(true)).isEqualTo(5 * MILLI);
        assertThat(new Pace(0, 100_000).due(true)).isEqualTo(15 * MILLI);
        assertThat(new Pace(0, MessageCodec.MAX_BYTES).due(true)).isLessThan(1_000 * MILLI);
    }
}
