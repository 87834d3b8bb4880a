package meridian.checker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/// Tells of what keeps watches from seeing, each kind at most once a minute: a machine without file
/// descriptors makes none of thousands of attempts a second.
final class WatchLog {

    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    private final Logger log;
    private final AtomicLong notMadeFrom;
    private final AtomicLong defectsFrom;

    WatchLog(Logger log, long now) {
        this.log = log;
        this.notMadeFrom = new AtomicLong(now);
        this.defectsFrom = new AtomicLong(now);
    }

    void notMade(Target target, String reason, long now) {
        if (!isTime(notMadeFrom, now)) return;
        log.warn(
                "{} ({}) could not be probed, which is no vote: {}; all such are counted, and the"
                        + " next after a minute is logged",
                target.address().getHostAddress(),
                target.monitor().name(),
                reason);
    }

    void defect(Target target, Throwable defect, long now) {
        if (!isTime(defectsFrom, now)) return;
        log.error(
                "the probe of {} ({}) has a defect, and its opinion becomes unknown; the next"
                        + " defect after a minute is logged",
                target.address().getHostAddress(),
                target.monitor().name(),
                defect);
    }

    private static boolean isTime(AtomicLong from, long now) {
        long moment = from.get();
        return now - moment >= 0 && from.compareAndSet(moment, now + PAUSE);
    }
}
