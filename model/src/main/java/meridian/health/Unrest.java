package meridian.health;

import java.time.Duration;
import meridian.topology.Damping;

/// How often an endpoint went down of late, and how long it is held out for it.
///
/// Moments are readings of the vantage's monotonic clock in nanoseconds.
///
/// @param turns how many there were at the last one, the older ones in part
/// @param at when the last one was
/// @param heldOut from then on
public record Unrest(double turns, long at, Duration heldOut) {

    public static final Unrest NONE = new Unrest(0, 0, Duration.ZERO);

    public Unrest wentDown(Damping damping, long now) {
        double next = turns(damping, now) + 1;
        return new Unrest(next, now, damping.holdOut(next));
    }

    /// How much longer it is held out.
    public Duration left(long now) {
        long left = heldOut.toNanos() - (now - at);
        return heldOut.isZero() || left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
    }

    private double turns(Damping damping, long now) {
        if (turns == 0) return 0;
        return turns * Math.pow(0.5, (double) (now - at) / damping.halfLife().toNanos());
    }
}
