package meridian.cluster;

import static meridian.cluster.Samples.A;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import meridian.health.Health;
import meridian.health.Tally;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import org.junit.jupiter.api.Test;

class PulseTest {

    /// Lets whoever comes first stumble, and remembers that someone came after.
    private static final class Stumble {
        private final AtomicInteger times = new AtomicInteger();
        private final CountDownLatch again = new CountDownLatch(1);

        void pass() {
            if (times.getAndIncrement() == 0) throw new StackOverflowError("a test");
            again.countDown();
        }

        boolean isPassed() throws InterruptedException {
            return again.await(20, TimeUnit.SECONDS);
        }
    }

    private final Stumble sending = new Stumble();
    private final Stumble saving = new Stumble();

    @Test
    void anErrorCostsOneBeatAndOneSave() throws Exception {
        var ledger =
                new Ledger(
                        A,
                        "c1",
                        new MessageCodec(Samples.KEYS),
                        topic(),
                        disk(),
                        new HybridClock(() -> Samples.NOON, System::nanoTime),
                        System::nanoTime);
        var verdict = new Verdict(Health.DOWN, Samples.stamp(1, A));
        ledger.count(_ -> new Tally(Map.of(), Map.of(new WatchKey(7), verdict), Map.of()));
        try (var pulse = Pulse.start(ledger)) {
            assertThat(sending.isPassed()).as("another beat of %s", pulse).isTrue();
            assertThat(saving.isPassed()).as("another save").isTrue();
        }
    }

    private Topic topic() {
        return new Topic() {
            @Override
            public void send(byte[] message) {
                sending.pass();
            }

            @Override
            public void onMessage(Listener listener) {}

            @Override
            public Membership membership() {
                return new Membership(1, 1, "alone");
            }

            @Override
            public void close() {}
        };
    }

    private StateStore disk() {
        StateStore disk = StateStore.inMemory();
        var hasBegun = new AtomicInteger();
        return new StateStore() {
            @Override
            public SavedState saved() {
                return disk.saved();
            }

            @Override
            public void save(SavedState state) throws IOException {
                // The ledger saves its incarnation when it begins.
                if (hasBegun.getAndIncrement() > 0) saving.pass();
                disk.save(state);
            }
        };
    }
}
