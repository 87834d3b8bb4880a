package meridian.dns.ready;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import meridian.dns.signed.Signing;
import meridian.dns.wire.Serial;
import meridian.dns.zone.Zone;
import meridian.health.Tally;
import meridian.intent.Intents;
import meridian.record.DomainName;
import meridian.record.RRset;
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

    /// The first two steps are taken before the thread runs, the third fails.
    @Test
    void aStepThatEndsByAnErrorIsFollowedByTheNextAndToldUntilThen() throws InterruptedException {
        var fleet = new RandomFleet(new Random(1));
        var serving = Serving.of(fleet.topology(), RandomFleet.zones(), fleet.atlas());
        var defects = new CopyOnWriteArrayList<Optional<Throwable>>();
        var failing = new AtomicReference<Supplier<Optional<Throwable>>>(Optional::empty);
        var goesOn = new CountDownLatch(1);
        var error = new StackOverflowError("a test");
        var sources =
                new KeeperThread.Sources(
                        _ -> {
                            defects.add(requireNonNull(failing.get()).get());
                            if (defects.size() == 3) throw error;
                            if (defects.size() == 5) goesOn.countDown();
                            return Tally.EMPTY;
                        },
                        () -> Intents.NONE,
                        KeeperThreadTest::now);
        try (var keeper =
                new KeeperThread(new SnapshotKeeper(new NodeId("n1"), serving), sources, _ -> {})) {
            failing.set(keeper::defect);
            keeper.start();
            while (!goesOn.await(1, TimeUnit.MILLISECONDS)) keeper.wake();
            assertThat(List.copyOf(defects).subList(0, 5))
                    .containsExactly(
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(error),
                            Optional.empty());
        }
    }

    /// Whoever asks first after a start must not be shown a serial that the zone has left behind.
    @Test
    void whatIsToBeShownBeforeItStartsIsShownOnceItHasStarted() {
        DomainName apex = DomainName.of("example.com");
        var fleet = new RandomFleet(new Random(1));
        var serving =
                Serving.of(
                        fleet.topology(),
                        RandomFleet.zones(),
                        fleet.atlas(),
                        Signing.NONE,
                        Set.of(apex),
                        PolicyClasses.NONE);
        var sources =
                new KeeperThread.Sources(
                        _ -> Tally.EMPTY, () -> Intents.NONE, KeeperThreadTest::now);
        try (var keeper =
                new KeeperThread(new SnapshotKeeper(new NodeId("n1"), serving), sources, _ -> {})) {
            Zone zone = serving.zones().closest(apex).orElseThrow();
            RRset moved = new Serial(7).in(zone.rrsets().getFirst());
            keeper.show(Map.of(apex, moved));
            keeper.start();
            assertThat(keeper.snapshot().zones().soa(apex)).contains(moved);
        }
    }

    private static Moment now() {
        return new Moment(System.nanoTime(), new HybridTime(0, 0), Instant.EPOCH);
    }
}
