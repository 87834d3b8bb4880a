package meridian.config;

import java.time.Duration;
import java.util.Optional;
import meridian.config.source.Problems;
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
    static GuardLimits read(Fields service, Problems problems) {
        int pools = Math.max(1, service.named("pools").size());
        return service.block("guard", Schema.GUARD)
                .map(guard -> limits(guard, pools, problems))
                .orElseGet(() -> new GuardLimits(1));
    }

    private static GuardLimits limits(Fields guard, int pools, Problems problems) {
        Bounds drains = Bounds.OF_DRAINS;
        return new GuardLimits(
                guard.number("keep-regions", 1, 1, pools),
                bounds(
                        guard,
                        drains.keepCapacity(),
                        velocity(guard, Schema.VELOCITY, problems).or(drains::velocity),
                        problems),
                guard.block("automation", Schema.AUTOMATION)
                        .map(automation -> automation(automation, problems))
                        .orElse(Bounds.NONE));
    }

    private static Bounds automation(Fields fields, Problems problems) {
        var velocity = velocity(fields, Schema.AUTOMATION_VELOCITY, problems);
        return bounds(fields, 0, velocity, problems);
    }

    private static Bounds bounds(
            Fields fields, int usual, Optional<Velocity> velocity, Problems problems) {
        return problems.attempt(
                        fields.at("keep-capacity"),
                        () -> new Bounds(fields.percent("keep-capacity", usual), velocity))
                .orElse(Bounds.NONE);
    }

    private static Optional<Velocity> velocity(Fields fields, Schema schema, Problems problems) {
        Velocity usual = Velocity.DEFAULT;
        return fields.block("velocity", schema)
                .flatMap(
                        velocity ->
                                problems.attempt(
                                        velocity.at("capacity"),
                                        () ->
                                                new Velocity(
                                                        velocity.number(
                                                                "regions",
                                                                usual.regions(),
                                                                1,
                                                                MOST_REGIONS),
                                                        velocity.percent(
                                                                "capacity", usual.capacity()),
                                                        velocity.duration(
                                                                "per",
                                                                usual.per(),
                                                                SHORTEST,
                                                                LONGEST))));
    }
}
