package meridian.cluster;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts the messages that were dropped, and says so at most once a minute for each reason.
final class Refusals {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final long SAID_AGAIN_AFTER_NANOS = Duration.ofMinutes(1).toNanos();

    private final Map<Refusal, Long> counts = new EnumMap<>(Refusal.class);
    private final Map<Refusal, Long> said = new EnumMap<>(Refusal.class);

    /// @param from where the message came from, as far as that is known
    synchronized void count(Refusal refusal, String from, long now) {
        long count = counts.merge(refusal, 1L, Long::sum);
        Long last = said.get(refusal);
        if (last != null && now - last < SAID_AGAIN_AFTER_NANOS) return;
        said.put(refusal, now);
        LOG.warn("dropped a message from {}: it {} ({} such so far)", from, refusal.text(), count);
    }

    synchronized Map<Refusal, Long> counts() {
        var all = new EnumMap<Refusal, Long>(Refusal.class);
        for (Refusal refusal : Refusal.values()) all.put(refusal, counts.getOrDefault(refusal, 0L));
        return all;
    }
}
