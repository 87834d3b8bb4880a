package meridian.topology;

import java.time.Duration;

/// What to check, how often, how patiently.
///
/// @param interval between the starts of two probes of one endpoint
/// @param timeout of one probe as a whole; shorter than the interval
public record Monitor(
        String name, Check check, Duration interval, Duration timeout, RiseFall thresholds) {

    public static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);

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
