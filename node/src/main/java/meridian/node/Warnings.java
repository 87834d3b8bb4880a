package meridian.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import meridian.dns.ready.Edition;
import meridian.node.Seen.Event;
import meridian.steering.PoolState;
import meridian.steering.PoolState.Measured;
import meridian.topology.RegionId;
import meridian.topology.ServiceId;

/// What would show only in an emergency: checks that never passed, verdicts that were never
/// reached, standbys that were never answered.
final class Warnings {

    /// Until then a node that starts, or was given something new, is only finding out.
    static final Duration GRACE = Duration.ofMinutes(1);

    private static final int NAMED = 3;

    private Warnings() {}

    static List<Alarms.Condition> of(Edition edition, Seen seen, long nanos) {
        if (!seen.isAnyMissing(nanos, GRACE.toNanos())) return List.of();
        var warnings = new ArrayList<Alarms.Condition>();
        for (var state : edition.states()) {
            for (PoolState pool : state.pools())
                warnings.addAll(ofPool(state.service().id(), pool, seen, nanos));
        }
        return warnings;
    }

    private static List<Alarms.Condition> ofPool(
            ServiceId service, PoolState pool, Seen seen, long nanos) {
        var warnings = new ArrayList<Alarms.Condition>();
        RegionId region = pool.pool().region();
        String subject = service + " " + region;
        List<Measured> never =
                pool.endpoints().stream()
                        .filter(
                                one ->
                                        isMissing(
                                                new Event.Up(service, region, one.endpoint()),
                                                seen,
                                                nanos))
                        .toList();
        String whose = " in region " + region + " of service " + service;
        ifAny(never, one -> one.verdict().isPresent())
                .map(
                        which ->
                                "no check of "
                                        + which
                                        + whose
                                        + " has passed since this node started; is the monitor right?")
                .map(text -> Alarms.Condition.warning("never-passed", subject, text))
                .ifPresent(warnings::add);
        ifAny(never, one -> one.verdict().isEmpty())
                .map(
                        which ->
                                "no verdict has been reached on "
                                        + which
                                        + whose
                                        + "; it counts as unknown")
                .map(text -> Alarms.Condition.warning("no-verdict", subject, text))
                .ifPresent(warnings::add);
        if (pool.standby() && isMissing(new Event.Answered(service, region), seen, nanos))
            warnings.add(neverAnswered(service, region, subject));
        return warnings;
    }

    private static boolean isMissing(Event event, Seen seen, long nanos) {
        return seen.isMissing(event, nanos, GRACE.toNanos());
    }

    private static Optional<String> ifAny(List<Measured> endpoints, Predicate<Measured> wanted) {
        List<String> which =
                endpoints.stream()
                        .filter(wanted)
                        .map(one -> one.endpoint().destination().toString())
                        .toList();
        if (which.isEmpty()) return Optional.empty();
        String named = which.stream().limit(NAMED).collect(Collectors.joining(", "));
        int more = which.size() - NAMED;
        return Optional.of(more > 0 ? named + " and " + more + " more" : named);
    }

    private static Alarms.Condition neverAnswered(
            ServiceId service, RegionId region, String subject) {
        return Alarms.Condition.warning(
                "never-answered",
                subject,
                "standby "
                        + region
                        + " of service "
                        + service
                        + " has not been in an answer since this node started: that it can serve is"
                        + " not proven");
    }
}
