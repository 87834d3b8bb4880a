package meridian.dns;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import meridian.dns.wire.Question;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells of defects at most once a minute: one bad query can come a million times.
final class DefectLog {

    private static final Logger LOG = LoggerFactory.getLogger(Responder.class);
    private static final long PAUSE = Duration.ofMinutes(1).toMillis();

    private final InstantSource clock;
    private final AtomicLong quietUntil = new AtomicLong(Long.MIN_VALUE);

    DefectLog(InstantSource clock) {
        this.clock = clock;
    }

    void log(Question question, RuntimeException defect) {
        if (isQuiet()) return;
        LOG.error(
                "answering {} {} failed, so SERVFAIL was sent; further failures are counted, and the"
                        + " next after a minute is logged",
                question.name(),
                question.type(),
                defect);
    }

    void logOfFastPath(RuntimeException defect) {
        if (isQuiet()) return;
        LOG.error(
                "the fast path failed, so the responder was asked; further failures are counted, and"
                        + " the next after a minute is logged",
                defect);
    }

    void logOfConnection(RuntimeException defect) {
        if (isQuiet()) return;
        LOG.error(
                "answers or a zone transfer failed, and their connection was closed; further failures"
                        + " are counted, and the next after a minute is logged",
                defect);
    }

    private boolean isQuiet() {
        long now = clock.millis();
        long until = quietUntil.get();
        return now < until || !quietUntil.compareAndSet(until, now + PAUSE);
    }
}
