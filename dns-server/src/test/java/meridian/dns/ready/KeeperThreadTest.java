package meridian.dns.ready;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import meridian.health.Tally;
import meridian.intent.Intents;
import meridian.time.HybridTime;
import meridian.topology.NodeId;
import org.junit.jupiter.api.Test;

class KeeperThreadTest {

    private final AtomicInteger steps = new AtomicInteger();
    private final CountDownLatch woken = new CountDownLatch(2);

    /// However long the machine takes over it.
    @Test
    void aBurstOfNewsMakesFewSteps() throws InterruptedException {
        var fleet = new RandomFleet(new Random(1));
        var serving = Serving.of(fleet.topology(), RandomFleet.zones(), fleet.atlas());
        var sources =
                new KeeperThread.Sources(
                        _ -> {
                            steps.incrementAndGet();
                            woken.countDown();
                            return Tally.EMPTY;
                        },
                        () -> Intents.NONE,
                        KeeperThreadTest::now);
        long begun = System.nanoTime();
        try (var keeper =
                new KeeperThread(new SnapshotKeeper(new NodeId("n1"), serving), sources, _ -> {})) {
            keeper.start();
            while (System.nanoTime() - begun < 20 * KeeperThread.BURST.toNanos()) keeper.wake();
            woken.await();
            int taken = steps.get();
            long most = (System.nanoTime() - begun) / KeeperThread.BURST.toNanos() + 1;
            assertThat(taken).isBetween(2, (int) most);
        }
    }

    /// The first step is taken before the thread runs, the second fails.
    @Test
    void aStepThatEndsByAnErrorIsFollowedByTheNext() throws InterruptedException {
        var fleet = new RandomFleet(new Random(1));
        var serving = Serving.of(fleet.topology(), RandomFleet.zones(), fleet.atlas());
        var goesOn = new CountDownLatch(1);
        var sources =
                new KeeperThread.Sources(
                        _ -> {
                            int step = steps.incrementAndGet();
                            if (step == 2) throw new StackOverflowError("a test");
                            if (step == 3) goesOn.countDown();
                            return Tally.EMPTY;
                        },
                        () -> Intents.NONE,
                        KeeperThreadTest::now);
        try (var keeper =
                new KeeperThread(new SnapshotKeeper(new NodeId("n1"), serving), sources, _ -> {})) {
            keeper.start();
            keeper.wake();
            assertThat(goesOn.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static Moment now() {
        return new Moment(System.nanoTime(), new HybridTime(0, 0), Instant.EPOCH);
    }
}
