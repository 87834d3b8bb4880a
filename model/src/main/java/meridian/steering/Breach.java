package meridian.steering;

import java.time.Duration;
import java.util.Optional;
import meridian.record.RecordType;
import meridian.topology.ServiceId;

/// A limit of the guard that a removal would break, with its numbers.
///
/// @param would what would come of it: regions, or percent of the service's capacity
/// @param allowed what is configured, in the same unit
/// @param per within which time, for limits of velocity
public record Breach(
        ServiceId service,
        RecordType type,
        Limit limit,
        int would,
        int allowed,
        Optional<Duration> per) {

    /// The limits there are, by their names in the configuration.
    public enum Limit {
        KEEP_REGIONS("keep-regions"),
        KEEP_CAPACITY("keep-capacity"),
        VELOCITY_REGIONS("velocity.regions"),
        VELOCITY_CAPACITY("velocity.capacity");

        private final String key;

        Limit(String key) {
            this.key = key;
        }

        public String key() {
            return key;
        }
    }

    /// `service shop would keep 33% of its capacity for A; keep-capacity is 50%`.
    @Override
    public String toString() {
        return "service " + service + " would " + numbers();
    }

    /// The same without the service: `keep 33% of its capacity for A; keep-capacity is 50%`.
    public String numbers() {
        return switch (limit) {
            case KEEP_REGIONS -> "keep " + would + " of its regions for " + is(allowed + "");
            case KEEP_CAPACITY -> "keep " + would + "% of its capacity for " + is(allowed + "%");
            case VELOCITY_REGIONS ->
                    "lose " + would + " regions within " + span() + " for " + is(allowed + "");
            case VELOCITY_CAPACITY ->
                    "lose "
                            + would
                            + "% of its capacity within "
                            + span()
                            + " for "
                            + is(allowed + "%");
        };
    }

    private String is(String allowedText) {
        return type + "; " + limit.key() + " is " + allowedText;
    }

    private String span() {
        long seconds = per.orElse(Duration.ZERO).toSeconds();
        if (seconds >= 3600 && seconds % 3600 == 0) return seconds / 3600 + "h";
        return seconds >= 60 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
