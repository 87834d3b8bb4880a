package meridian.config;

import java.time.Duration;
import java.util.Optional;
import meridian.topology.GuardLimits;
import meridian.topology.GuardLimits.Bounds;
import meridian.topology.GuardLimits.Velocity;

/// `guard { … }` of a service or a template.
final class GuardSection {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int MOST_REGIONS = 1000;

    private GuardSection() {}

    /// The limits of the service that these are the fields of.
    static GuardLimits read(Fields service) {
        int pools = Math.max(1, service.named("pools").size());
        return service.block("guard", Schema.GUARD)
                .map(guard -> limits(guard, pools))
                .orElseGet(() -> new GuardLimits(1));
    }

    private static GuardLimits limits(Fields guard, int pools) {
        Bounds drains = Bounds.OF_DRAINS;
        return new GuardLimits(
                guard.number("keep-regions", 1, 1, pools),
                bounds(
                        guard,
                        drains.keepCapacity(),
                        velocity(guard, Schema.VELOCITY).or(drains::velocity)),
                guard.block("automation", Schema.AUTOMATION)
                        .map(GuardSection::automation)
                        .orElse(Bounds.NONE));
    }

    private static Bounds automation(Fields fields) {
        return bounds(fields, 0, velocity(fields, Schema.AUTOMATION_VELOCITY));
    }

    private static Bounds bounds(Fields fields, int usual, Optional<Velocity> velocity) {
        return new Bounds(fields.percent("keep-capacity", usual, 0), velocity);
    }

    private static Optional<Velocity> velocity(Fields fields, Schema schema) {
        Velocity usual = Velocity.DEFAULT;
        return fields.block("velocity", schema)
                .map(
                        velocity ->
                                new Velocity(
                                        velocity.number(
                                                "regions", usual.regions(), 1, MOST_REGIONS),
                                        velocity.percent("capacity", usual.capacity(), 1),
                                        velocity.duration("per", usual.per(), SHORTEST, LONGEST)));
    }
}
