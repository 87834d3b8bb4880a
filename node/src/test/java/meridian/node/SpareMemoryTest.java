package meridian.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SpareMemoryTest {

    private static final long SMALL = 40L << 20;
    private static final long LARGE = SMALL + SpareMemory.WORTH_A_PAUSE;

    private final AtomicLong heapSize = new AtomicLong(LARGE);
    private final AtomicInteger collections = new AtomicInteger();
    private final SpareMemory spare =
            new SpareMemory(
                    heapSize::get,
                    () -> {
                        collections.incrementAndGet();
                        heapSize.set(SMALL);
                    });

    @Test
    void whatAStartReadIsGivenBackOnce() {
        spare.look(1);
        assertThat(collections).hasValue(0);

        for (int second = 0; second < 10; second++) spare.look(1);

        assertThat(collections).hasValue(1);
    }

    @Test
    void aStartThatReadLittleStopsNothing() {
        heapSize.set(SpareMemory.AT_A_START + SpareMemory.WORTH_A_PAUSE - 1);

        settle(1);

        assertThat(collections).hasValue(0);
    }

    @Test
    void aReloadThatReadMuchIsFollowedByACollection() {
        settle(1);
        heapSize.set(LARGE);

        settle(2);

        assertThat(collections).hasValue(2);
    }

    @Test
    void aReloadThatReadLittleStopsNothing() {
        settle(1);
        heapSize.set(LARGE - 1);

        settle(2);

        assertThat(collections).hasValue(1);
    }

    @Test
    void aHeapThatGrowsWithoutALoadIsLeftAlone() {
        settle(1);
        heapSize.set(LARGE);

        spare.look(1);

        assertThat(collections).hasValue(1);
    }

    @Test
    void ofLoadsThatFollowEachOtherTheLastOneIsWaitedFor() {
        for (int load = 1; load < 10; load++) spare.look(load);
        assertThat(collections).hasValue(0);

        spare.look(9);

        assertThat(collections).hasValue(1);
    }

    private void settle(long loads) {
        spare.look(loads);
        spare.look(loads);
    }
}
