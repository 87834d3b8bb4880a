package meridian.topology;

import java.time.Duration;
import java.util.Optional;

/// What may not happen to a service at once.
///
/// @param keepRegions how many regions that can serve must stay, whoever asks; 1 or more
/// @param drains what binds operators' drains besides, unless they are forced
/// @param automation what binds measured health besides
public record GuardLimits(int keepRegions, Bounds drains, Bounds automation) {

    /// What binds one kind of removals.
    ///
    /// @param keepCapacity percent of the service's capacity that must stay in service; 0 binds
    ///   nothing
    /// @param velocity how much may leave at once; empty: any
    public record Bounds(int keepCapacity, Optional<Velocity> velocity) {

        public static final Bounds NONE = new Bounds(0, Optional.empty());

        /// One region of two or of three may be drained; a script that drains one after another is
        /// stopped at its second.
        public static final Bounds OF_DRAINS = new Bounds(50, Optional.of(Velocity.DEFAULT));

        public Bounds {
            if (keepCapacity < 0 || keepCapacity > 100) {
                throw new IllegalArgumentException(
                        "keep-capacity is " + keepCapacity + "%; 0% to 100% are accepted");
            }
        }
    }

    /// How much may leave within any span of this length.
    ///
    /// @param regions how many regions
    /// @param capacity percent of the service's capacity
    public record Velocity(int regions, int capacity, Duration per) {

        public static final Velocity DEFAULT = new Velocity(1, 100, Duration.ofMinutes(10));

        public Velocity {
            if (regions < 1) {
                throw new IllegalArgumentException(
                        "velocity.regions is " + regions + "; 1 or more is accepted");
            }
            if (capacity < 1 || capacity > 100) {
                throw new IllegalArgumentException(
                        "velocity.capacity is " + capacity + "%; 1% to 100% are accepted");
            }
            if (!per.isPositive()) {
                throw new IllegalArgumentException(
                        "velocity.per is " + per.toMillis() + " ms; more than none is accepted");
            }
        }
    }

    public GuardLimits {
        if (keepRegions < 1) {
            throw new IllegalArgumentException(
                    "keep-regions is " + keepRegions + "; 1 or more is accepted");
        }
    }

    /// What binds where nothing else is configured.
    public GuardLimits(int keepRegions) {
        this(keepRegions, Bounds.OF_DRAINS, Bounds.NONE);
    }
}
