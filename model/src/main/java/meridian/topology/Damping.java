package meridian.topology;

import java.time.Duration;

/// How long a vantage holds out an endpoint that goes down again and again, though it passes.
///
/// Each turn down counts one, and what was counted halves with each half-life. Some turns are free;
/// the next holds the endpoint out for `first` from its fall on, each further one for twice as
/// long, up to `longest`.
///
/// @param turns how many are free; 1 or more, so that a single fall never costs anything
public record Damping(int turns, Duration first, Duration longest, Duration halfLife) {

    /// Generous: five falls within minutes are an accident, the sixth is a habit.
    public static final Damping DEFAULT =
            new Damping(5, Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ofMinutes(10));

    public Damping {
        if (turns < 1) {
            throw new IllegalArgumentException(
                    "damping begins after " + turns + " turns; 1 or more are accepted");
        }
        if (!first.isPositive() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "damping holds out for "
                            + first.toMillis()
                            + " ms at first and "
                            + longest.toMillis()
                            + " ms at longest; above 0, and no less than the first, are accepted");
        }
        if (!halfLife.isPositive()) {
            throw new IllegalArgumentException(
                    "damping has a half-life of "
                            + halfLife.toMillis()
                            + " ms; above 0 is accepted");
        }
    }

    /// For how long from its last fall on an endpoint is held out.
    ///
    /// @param counted its turns down, the older ones in part
    public Duration holdOut(double counted) {
        if (counted <= turns) return Duration.ZERO;
        double millis = (double) first.toMillis() * Math.pow(2, counted - turns - 1);
        return millis < (double) longest.toMillis() ? Duration.ofMillis((long) millis) : longest;
    }
}
