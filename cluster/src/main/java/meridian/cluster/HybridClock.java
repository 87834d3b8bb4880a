package meridian.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import meridian.time.HybridTime;

/// This node's clocks. Any thread may ask them.
///
/// | reading | what it is for |
/// |---|---|
/// | [#now] | the order of what is said: each is greater than every one taken or seen before |
/// | [#wall] | when drains end, and what people are shown: the time on which the fleet agrees |
/// | [#own] | what this machine's clock shows, for the others to compare theirs with |
public final class HybridClock {

    private final InstantSource machine;
    private volatile Duration correction = Duration.ZERO;
    private HybridTime last = HybridTime.ZERO;

    public HybridClock(InstantSource machine) {
        this.machine = machine;
    }

    public synchronized HybridTime now() {
        last = last.next(wall().toEpochMilli());
        return last;
    }

    /// Another node's reading, or one of our own from before a restart.
    public synchronized void seen(HybridTime time) {
        last = last.max(time);
    }

    public Instant wall() {
        return own().plus(correction);
    }

    public Instant own() {
        return machine.instant();
    }

    /// By how much the fleet's time is ahead of this machine's clock.
    Duration correction() {
        return correction;
    }

    void correctedBy(Duration next) {
        correction = next;
    }
}
