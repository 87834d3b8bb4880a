package meridian.checker;

import java.util.PriorityQueue;

/// Time that begins at zero and stands still until it is moved: a day of watching in a second, for
/// simulations and tests.
public final class SimulatedPauses implements Pauses {

    private final PriorityQueue<Long> sleepers = new PriorityQueue<>();
    private long now;

    @Override
    public synchronized long now() {
        return now;
    }

    @Override
    public synchronized void until(long moment) throws InterruptedException {
        if (moment <= now) return;
        sleepers.add(moment);
        notifyAll();
        try {
            while (now < moment) wait();
        } finally {
            sleepers.remove(moment);
            notifyAll();
        }
    }

    /// Moves the time to `moment`. On the way it stops wherever someone is to wake, until all
    /// `threads` that live by this clock sleep again, and no other: one that was stopped has first
    /// to be gone.
    public synchronized void advanceTo(long moment, int threads) throws InterruptedException {
        awaitSleepers(threads);
        for (Long next = sleepers.peek(); next != null && next <= moment; next = sleepers.peek()) {
            now = next;
            sleepers.removeIf(wake -> wake <= now);
            notifyAll();
            awaitSleepers(threads);
        }
        now = moment;
    }

    private void awaitSleepers(int threads) throws InterruptedException {
        while (sleepers.size() != threads) wait();
    }
}
