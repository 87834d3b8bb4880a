package meridian.system;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// How long at most the machine, or this process, stood still: as a thread sees it that wants to
/// wake each 10 ms.
final class Stalls implements AutoCloseable {

    /// For so long, a quiet machine never keeps a thread waiting.
    static final Duration NOTABLE = Duration.ofMillis(200);

    private static final long EACH = TimeUnit.MILLISECONDS.toNanos(10);

    private volatile boolean closed;
    private volatile long longest;

    static Stalls watch() {
        var stalls = new Stalls();
        Thread.ofPlatform().daemon().name("stalls").start(stalls::look);
        return stalls;
    }

    private Stalls() {}

    private void look() {
        for (long last = System.nanoTime(); !closed; ) {
            LockSupport.parkNanos(EACH);
            long now = System.nanoTime();
            longest = Math.max(longest, now - last - EACH);
            last = now;
        }
    }

    Duration longest() {
        return Duration.ofNanos(longest);
    }

    boolean sawOne() {
        return longest().compareTo(NOTABLE) > 0;
    }

    @Override
    public void close() {
        closed = true;
    }
}
