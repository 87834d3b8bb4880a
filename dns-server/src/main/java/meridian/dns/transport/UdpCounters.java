package meridian.dns.transport;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What went wrong with datagrams, counted without a lock, and told once a minute: it can happen a
/// million times.
final class UdpCounters {

    private static final Logger LOG = LoggerFactory.getLogger(UdpTransport.class);
    private static final long PAUSE = Duration.ofMinutes(1).toMillis();

    private final InstantSource clock;
    private final AtomicLong quietUntil = new AtomicLong(Long.MIN_VALUE);
    private final LongAdder unsent = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder defects = new LongAdder();
    private final LongAdder restarts = new LongAdder();

    UdpCounters(InstantSource clock) {
        this.clock = clock;
    }

    UdpTransport.Counts counts() {
        return new UdpTransport.Counts(unsent.sum(), failed.sum(), defects.sum(), restarts.sum());
    }

    void unsent(int responses) {
        unsent.add(responses);
    }

    void failed() {
        failed.increment();
    }

    void defect(Throwable defect) {
        defects.increment();
        if (isDue()) LOG.error("a datagram met a defect of ours, and has no response", defect);
    }

    void restart(Throwable defect) {
        restarts.increment();
        if (isDue()) {
            LOG.error("{} met a defect, and begins anew", Thread.currentThread().getName(), defect);
        }
    }

    private boolean isDue() {
        long now = clock.millis();
        long until = quietUntil.get();
        return now >= until && quietUntil.compareAndSet(until, now + PAUSE);
    }
}
