package meridian.cluster;

import static meridian.cluster.Samples.A;
import static meridian.cluster.Samples.B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import meridian.health.Health;
import meridian.health.Tally;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.time.Stamp;
import meridian.topology.NodeId;
import org.junit.jupiter.api.Test;

/// What a ledger has on disk, and when.
class SavingTest {

    private static final WatchKey KEY = new WatchKey(7);

    /// A node that is killed right after a region fell must not point at it when it is back.
    @Test
    void aVerdictThatTurnedIsToBeSavedAtOnce() {
        var fleet = Fleet.of(A);
        Ledger ledger = fleet.ledger(A);
        var asked = new AtomicInteger();
        ledger.pacedBy(
                new Rhythm() {
                    @Override
                    public void saveNow() {
                        asked.incrementAndGet();
                    }
                });

        ledger.count(_ -> verdict(KEY, Health.DOWN, Samples.stamp(1, A)));
        assertThat(asked).hasValue(1);
        ledger.save();
        ledger.count(_ -> verdict(KEY, Health.DOWN, Samples.stamp(2, A)));
        assertThat(asked).as("a newer stamp of the same verdict").hasValue(1);
        ledger.count(_ -> verdict(KEY, Health.UP, Samples.stamp(3, A)));
        assertThat(asked).hasValue(2);
    }

    @Test
    void aDrainThatCannotBeWrittenIsRefusedAndTheDiskIsAnAlarm() throws IOException {
        var fleet = Fleet.of(B);
        var disk = new FullDisk();
        Ledger ledger = fleet.start(A, disk, "c1");
        disk.full = true;

        assertThatThrownBy(() -> ledger.put(Samples.drain("d1", stamp(fleet, A))))
                .isInstanceOf(IOException.class);
        fleet.beat();
        assertThat(ledger.intents().entries()).isEmpty();
        assertThat(fleet.ledger(B).intents().entries()).isEmpty();
        assertThat(ledger.alarms())
                .containsExactly(new Alarm.NotSaved("java.io.IOException: no space left"));

        disk.full = false;
        ledger.put(Samples.drain("d1", stamp(fleet, A)));
        assertThat(ledger.alarms()).isEmpty();
    }

    private static Stamp stamp(Fleet fleet, NodeId node) {
        return Samples.stamp(fleet.nanos() / 1_000_000, node);
    }

    private static Tally verdict(WatchKey key, Health health, Stamp stamp) {
        return new Tally(Map.of(), Map.of(key, new Verdict(health, stamp)), Map.of());
    }

    /// A store that can be full.
    private static final class FullDisk implements StateStore {
        private boolean full;

        @Override
        public SavedState saved() {
            return SavedState.NONE;
        }

        @Override
        public void save(SavedState state) throws IOException {
            if (full) throw new IOException("no space left");
        }
    }
}
