package meridian.cluster;

import java.time.Instant;
import java.time.InstantSource;
import meridian.time.HybridTime;

/// This node's hybrid logical clock: each reading is greater than every one taken or seen before.
/// Any thread may ask it.
public final class HybridClock {

    private final InstantSource wall;
    private HybridTime last = HybridTime.ZERO;

    public HybridClock(InstantSource wall) {
        this.wall = wall;
    }

    public synchronized HybridTime now() {
        last = last.next(wall.millis());
        return last;
    }

    /// Another node's reading, or one of our own from before a restart.
    public synchronized void seen(HybridTime time) {
        last = last.max(time);
    }

    /// What the clock on the wall shows, which is not ordered with anything.
    public Instant wall() {
        return wall.instant();
    }
}
