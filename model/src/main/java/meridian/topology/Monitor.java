package meridian.topology;

import java.time.Duration;
import java.util.Optional;

/// What to check, how often, how patiently.
///
/// @param interval between the starts of two probes of one endpoint
/// @param timeout of one probe as a whole; shorter than the interval
/// @param hold for how long what was down must have passed, besides `rise` times, to be up again
/// @param damping of what goes down often; empty: none
public record Monitor(
        String name,
        Check check,
        Duration interval,
        Duration timeout,
        RiseFall thresholds,
        Duration hold,
        Optional<Damping> damping) {

    public static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);

    /// One that holds nothing back but what goes down often.
    public Monitor(
            String name, Check check, Duration interval, Duration timeout, RiseFall thresholds) {
        this(
                name,
                check,
                interval,
                timeout,
                thresholds,
                Duration.ZERO,
                Optional.of(Damping.DEFAULT));
    }

    public Monitor {
        Names.check("a monitor", name);
        if (interval.compareTo(SHORTEST_INTERVAL) < 0) {
            throw new IllegalArgumentException(
                    "monitor "
                            + name
                            + " has an interval of "
                            + interval.toMillis()
                            + " ms; 100 ms or more is accepted");
        }
        if (hold.isNegative()) {
            throw new IllegalArgumentException(
                    "monitor "
                            + name
                            + " has a hold of "
                            + hold.toMillis()
                            + " ms; 0 or more is accepted");
        }
        if (!timeout.isPositive() || timeout.compareTo(interval) >= 0) {
            throw new IllegalArgumentException(
                    "monitor "
                            + name
                            + " has a timeout of "
                            + timeout.toMillis()
                            + " ms and an interval of "
                            + interval.toMillis()
                            + " ms; a timeout above 0 and below the interval is accepted");
        }
    }
}
