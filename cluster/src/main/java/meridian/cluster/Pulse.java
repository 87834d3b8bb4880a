package meridian.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import meridian.intent.Entry;
import meridian.topology.NodeId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets a ledger beat and save in time: one thread for each, so that a slow disk delays no beat.
///
/// The beats have a platform thread: on a machine full of virtual ones it must not have to queue,
/// since the others would take its lateness for silence.
public final class Pulse implements AutoCloseable {

    /// How long an operator waits to hear which nodes hold the wish too.
    private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(1);

    /// Where much turns, a save takes up all that turned in this time: the disk is written to
    /// twenty times a second at most.
    private static final long BETWEEN_SAVES = Duration.ofMillis(50).toNanos();

    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);

    private final Ledger ledger;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition beating = lock.newCondition();
    private final Condition saving = lock.newCondition();
    private final Condition hearing = lock.newCondition();
    private boolean turned;
    private boolean unsaved;
    private boolean closed;

    private Pulse(Ledger ledger) {
        this.ledger = ledger;
    }

    public static Pulse start(Ledger ledger) {
        var pulse = new Pulse(ledger);
        ledger.pacedBy(pulse.new Wishes());
        Thread.ofPlatform().name("beats").daemon().start(pulse::keepBeating);
        Thread.ofVirtual().name("saves").start(pulse::keepSaving);
        return pulse;
    }

    /// Says that the checker thinks otherwise than at the last beat: the others hear it at once.
    public void opinionsTurned() {
        signal(beating, () -> turned = true);
    }

    /// Keeps an operator's wish and tells the others.
    ///
    /// @return after all that are heard have it on disk, or after a second
    /// @throws IOException if it cannot be written here; then nothing has changed
    public Acknowledgement put(Entry entry) throws IOException {
        ledger.put(entry);
        long deadline = System.nanoTime() + ACKNOWLEDGED_WITHIN.toNanos();
        lock.lock();
        try {
            long left = deadline - System.nanoTime();
            while (!closed && left > 0 && !acknowledgement(entry).missing().isEmpty())
                left = hearing.awaitNanos(left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return acknowledgement(entry);
    }

    /// Saves what is not saved yet, and beats no more.
    @Override
    public void close() {
        signal(beating, () -> closed = true);
        signal(saving, () -> unsaved = true);
        signal(hearing, () -> {});
        ledger.save();
    }

    private void keepBeating() {
        var pace = new Pace(System.nanoTime() - Pace.SECOND_NANOS, 0);
        while (isBeatDue(pace)) {
            long now = System.nanoTime();
            pace = new Pace(now, beat());
        }
    }

    /// This thread must outlive every defect but want of memory: whoever stops beating is taken for
    /// dead.
    private int beat() {
        try {
            return ledger.beat();
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            LOG.error("a beat was lost", e);
            return 0;
        }
    }

    private void keepSaving() {
        long last = System.nanoTime() - BETWEEN_SAVES;
        while (isSaveDue(last)) {
            last = System.nanoTime();
            save();
        }
    }

    /// So must this one: what is on no disk is forgotten with the next restart.
    private void save() {
        try {
            ledger.save();
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            LOG.error("nothing was saved", e);
        }
    }

    /// Waits until it is.
    ///
    /// @return false: there is to be none any more
    private boolean isBeatDue(Pace pace) {
        lock.lock();
        try {
            long left = pace.due(turned) - System.nanoTime();
            while (!closed && left > 0) {
                beating.awaitNanos(left);
                left = pace.due(turned) - System.nanoTime();
            }
            turned = false;
            return !closed;
        } catch (InterruptedException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until a second after the last, or until something must not wait.
    private boolean isSaveDue(long last) {
        lock.lock();
        try {
            long left = saveDue(last) - System.nanoTime();
            while (!closed && left > 0) {
                saving.awaitNanos(left);
                left = saveDue(last) - System.nanoTime();
            }
            unsaved = false;
            return !closed;
        } catch (InterruptedException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    private long saveDue(long last) {
        return last + (unsaved ? BETWEEN_SAVES : Pace.SECOND_NANOS);
    }

    private Acknowledgement acknowledgement(Entry entry) {
        Set<NodeId> holders = ledger.holders(entry.intent().id());
        var missing = new HashSet<NodeId>();
        ledger.peers()
                .forEach(
                        (node, peer) -> {
                            if (peer.isHeard() && !holders.contains(node)) missing.add(node);
                        });
        return new Acknowledgement(holders, missing);
    }

    private void signal(Condition condition, Runnable change) {
        lock.lock();
        try {
            change.run();
            condition.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// What the ledger asks for.
    private final class Wishes implements Rhythm {
        @Override
        public void beatNow() {
            opinionsTurned();
        }

        @Override
        public void saveNow() {
            signal(saving, () -> unsaved = true);
        }

        @Override
        public void heard() {
            signal(hearing, () -> {});
        }
    }
}
