package meridian.checker.probe;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// One thread that ends attempts whose time is up.
///
/// Read timeouts would not do: each read starts them anew, so an endpoint that sends an octet now
/// and then holds an attempt for ever, in the TLS handshake too.
final class Deadlines implements AutoCloseable {

    /// A timer as late as this was not the endpoint's doing.
    private static final long OUR_STALL = TimeUnit.MILLISECONDS.toNanos(20);

    /// How often the timer wakes for nothing.
    private static final long PULSE = TimeUnit.MILLISECONDS.toNanos(50);

    private final ScheduledThreadPoolExecutor timer;

    Deadlines() {
        timer =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("probe-deadlines").factory());
        // Nearly every attempt ends before its deadline: do not keep what was called off.
        timer.setRemoveOnCancelPolicy(true);
        // Whatever becomes the first of the queue wakes the thread. Attempts are over so soon that
        // nearly each would be the first, and wake it to no end; now this task is before them.
        var _ = timer.scheduleWithFixedDelay(() -> {}, PULSE, PULSE, TimeUnit.NANOSECONDS);
    }

    /// Runs `end` after `timeout`, unless the future is cancelled before.
    ///
    /// Where this process stood still meanwhile (a collection, a frozen machine), answers that came
    /// in time are still unread: the attempt gets as long as that took, once and at most its
    /// timeout, so that our stall is not the endpoint's failure.
    Future<?> after(Duration timeout, Runnable end) {
        long due = System.nanoTime() + timeout.toNanos();
        return schedule(timeout.toNanos(), () -> endUnlessStalled(due, timeout, end));
    }

    private void endUnlessStalled(long due, Duration timeout, Runnable end) {
        long late = System.nanoTime() - due;
        if (late <= OUR_STALL) {
            end.run();
            return;
        }
        // Not to be called off any more: at worst it cuts what is closed already.
        var _ = schedule(Math.min(late, timeout.toNanos()), end);
    }

    private Future<?> schedule(long nanos, Runnable task) {
        return timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
