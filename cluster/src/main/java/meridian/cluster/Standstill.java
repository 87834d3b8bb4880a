package meridian.cluster;

import java.time.Duration;

/// Notices when this process stood still: suspended, starved of processor time, or moved to another
/// machine. What it reads right afterwards may have waited in its sockets all the while, and a vote
/// that waited must not be taken for a fresh one.
///
/// Moments are readings of the monotonic clock in nanoseconds. The ledger's lock guards it.
final class Standstill {

    /// Beats come once a second: who does nothing for as long stood still.
    private static final long NOTICED_NANOS = Duration.ofSeconds(3).toNanos();

    /// What waited is read within this time; what is fresh comes again within a second.
    private static final long WARY_NANOS = Duration.ofSeconds(2).toNanos();

    private boolean hasRun;
    private long lastRan;
    private long stoodSince;
    private long waryUntil;

    /// Takes note that this process runs.
    void runs(long now) {
        if (hasRun && now - lastRan > NOTICED_NANOS) {
            stoodSince = lastRan;
            waryUntil = now + WARY_NANOS;
        } else if (!hasRun) {
            waryUntil = now;
        }
        hasRun = true;
        lastRan = now;
    }

    /// When a message that is read now arrived, at the earliest.
    long arrival(long now) {
        runs(now);
        return now - waryUntil < 0 ? stoodSince : now;
    }
}
