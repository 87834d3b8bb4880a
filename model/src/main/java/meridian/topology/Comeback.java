package meridian.topology;

import java.time.Duration;
import java.util.List;

/// How clients come back to a region of a service that was out.
///
/// @param byHand whether a person must let them
/// @param ramp over which their share climbs to the whole; zero: all come at once
public record Comeback(boolean byHand, Duration ramp) {

    /// All clients, as soon as the region is up.
    public static final Comeback AUTOMATIC = new Comeback(false, Duration.ZERO);

    /// Percent of the clients, for one part of the ramp each: never none, since only clients show
    /// whether a region can carry some.
    private static final List<Integer> STEPS = List.of(10, 25, 50, 75);

    public Comeback {
        if (ramp.isNegative()) {
            throw new IllegalArgumentException(
                    "a ramp of " + ramp.toMillis() + " ms is none; 0 or more is accepted");
        }
    }

    /// What percent of its clients a region has, so long after it came back.
    public int percent(Duration since) {
        if (since.compareTo(ramp) >= 0) return 100;
        long step = since.toNanos() / Math.max(1, ramp.toNanos() / STEPS.size());
        return STEPS.get(Math.clamp(step, 0, STEPS.size() - 1));
    }
}
