package meridian.dns.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RateTableTest {

    private static final long SEED = 20261128;
    private static final int PER_SECOND = 50;
    private static final long SECOND = 1_000_000;

    private final RateTable table = new RateTable(PER_SECOND, SEED);

    @Test
    void whateverTheGapsInNoSecondAreMoreAdmittedThanTwoSecondsWorth() {
        var random = new Random(SEED);
        var admitted = new ArrayList<Long>();
        long now = 0;
        for (int i = 0; i < 100_000; i++) {
            now += random.nextInt(random.nextInt(50) == 0 ? 2_000_000 : 20_000);
            if (table.admits(7, now)) admitted.add(now);
        }
        for (int i = 2 * PER_SECOND; i < admitted.size(); i++)
            assertThat(admitted.get(i) - admitted.get(i - 2 * PER_SECOND))
                    .isGreaterThanOrEqualTo(SECOND);
    }

    @Test
    void noRateIsExceededWhetherASecondDividesByItOrNot() {
        for (int rate : new int[] {1, 3, 7, 999, 1_000, 300_000, 600_000, 999_999, 1_000_000}) {
            var table = new RateTable(rate, SEED);
            int atOnce = 0;
            while (table.admits(7, SECOND)) atOnce++;
            assertThat(atOnce).isEqualTo(rate);
            int later = 0;
            for (long now = SECOND + 1; now <= 3 * SECOND; now++) if (table.admits(7, now)) later++;
            assertThat(later).as("in two seconds, of %d", rate).isBetween(rate, 2 * rate);
        }
    }

    @Test
    void tenThousandKeysDoNotCountForOneAnother() {
        for (long key = 0; key < 10_000; key++) {
            for (int i = 0; i < PER_SECOND; i++)
                assertThat(table.admits(key, SECOND)).as("%d of key %d", i, key).isTrue();
            assertThat(table.admits(key, SECOND)).as("one more of key %d", key).isFalse();
        }
    }

    /// A million other keys ask once each, several times as many as there are slots.
    @Test
    void aFloodOfOthersDoesNotMakeItForgetTheOneThatAsksMost() {
        for (int i = 0; i < PER_SECOND; i++) table.admits(7, SECOND);
        for (long other = 1000; other < 1_001_000; other++) table.admits(other, SECOND);
        assertThat(table.admits(7, SECOND)).isFalse();
    }

    @Test
    void threadsThatAskAtOnceAreAdmittedNoMoreThanOne() throws Exception {
        int threads = 4;
        var begin = new CountDownLatch(1);
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Integer>> counts = new ArrayList<>();
            for (int i = 0; i < threads; i++)
                counts.add(
                        pool.submit(
                                () -> {
                                    begin.await();
                                    int admitted = 0;
                                    for (int n = 0; n < 10_000; n++)
                                        if (table.admits(7, SECOND)) admitted++;
                                    return admitted;
                                }));
            begin.countDown();
            int all = 0;
            for (Future<Integer> count : counts) all += count.get();
            assertThat(all).isEqualTo(PER_SECOND);
        }
    }
}
