package meridian.node;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import meridian.api.Fleet;
import meridian.cluster.Alarm;
import meridian.dns.ready.Edition;
import meridian.dns.signed.Signing;
import meridian.health.Health;
import meridian.health.Quorum;
import meridian.health.Tally;
import meridian.intent.Drain;
import meridian.intent.Freeze;
import meridian.intent.Intents;
import meridian.record.RecordType;
import meridian.steering.Breach;
import meridian.steering.Guard;
import meridian.steering.PoolState;
import meridian.steering.Reason;
import meridian.steering.ServiceState;
import meridian.topology.Monitor;
import meridian.topology.RegionId;
import meridian.topology.ServiceId;
import meridian.topology.Topology;

/// Everything that deserves an alarm, read off the state of a node at one moment.
final class Conditions {

    /// An operator should hear before traffic comes back to a region that may be half dismantled.
    private static final Duration BEFORE_A_DRAIN_ENDS = Duration.ofMinutes(30);

    /// Nodes that are given a new configuration take it up one after the other.
    private static final Duration WHILE_A_CHANGE_IS_ROLLED_OUT = Duration.ofSeconds(5);

    /// They are renewed five days before, so something is wrong.
    private static final Duration BEFORE_SIGNATURES_END = Duration.ofDays(4);

    private Conditions() {}

    static List<Alarms.Condition> of(
            Glance glance,
            Seen seen,
            Tally tally,
            Intents intents,
            List<Alarm> fleet,
            Fleet.Configuration configuration,
            long nanos,
            Instant now) {
        Edition edition = glance.edition();
        var conditions = new ArrayList<>(glance.ofServices());
        conditions.addAll(glance.sightless());
        conditions.addAll(abstaining(edition, tally, nanos));
        conditions.addAll(HeldOut.of(glance.down(), edition, tally, nanos));
        intents.drains(now).stream()
                .filter(drain -> endsSoon(drain, now))
                .forEach(drain -> conditions.add(ending(drain)));
        conditions.addAll(ofFiles(configuration));
        intents.freeze(now).ifPresent(freeze -> conditions.add(frozen(freeze)));
        fleet.forEach(alarm -> conditions.add(ofFleet(alarm)));
        conditions.addAll(Warnings.of(edition, seen, nanos));
        conditions.addAll(ofSignatures(edition.serving().signing(), now));
        return conditions;
    }

    /// What keeps a node from publishing what turned.
    static Alarms.Condition unpublished(Throwable defect) {
        return Alarms.Condition.alarm(
                "no-snapshot",
                "answers",
                "this node answers as it did, whatever turns, since it makes no snapshot: "
                        + defect);
    }

    /// They are made anew days earlier.
    private static List<Alarms.Condition> ofSignatures(Signing signing, Instant now) {
        return signing
                .earliestExpiration()
                .filter(end -> end.isBefore(now.plus(BEFORE_SIGNATURES_END)))
                .map(
                        end ->
                                Alarms.Condition.alarm(
                                        "signatures-end",
                                        "dnssec",
                                        "signatures end at "
                                                + end
                                                + " and were not made anew; the log says why,"
                                                + " and ./meridian run signs everything when it starts"))
                .stream()
                .toList();
    }

    /// The same for as long as the edition is.
    static List<Alarms.Condition> ofServices(Edition edition) {
        var conditions = new ArrayList<Alarms.Condition>();
        for (int i = 0; i < edition.states().size(); i++) conditions.addAll(ofService(edition, i));
        return List.copyOf(conditions);
    }

    private static List<Alarms.Condition> ofService(Edition edition, int index) {
        ServiceState state = edition.states().get(index);
        var conditions = new ArrayList<Alarms.Condition>();
        for (RecordType type : state.service().types()) {
            String subject = state.service().id() + " " + type;
            edition.reasons(index, type).stream()
                    .filter(Reason::isAlarm)
                    .forEach(
                            reason ->
                                    conditions.add(
                                            Alarms.Condition.alarm(
                                                    reason.word(),
                                                    subject,
                                                    "service " + subject + ": " + text(reason))));
            conditions.addAll(waiting(state, type));
            Guard.heldRemovals(state, type)
                    .forEach(removal -> conditions.add(held(state, type, removal)));
        }
        return conditions;
    }

    private static Alarms.Condition held(
            ServiceState state, RecordType type, Guard.HeldRemoval removal) {
        String subject = state.service().id() + " " + type + " " + removal.region();
        String text =
                "region "
                        + removal.region()
                        + " of service "
                        + state.service().id()
                        + " is below its min-up and kept in service: without it the service would "
                        + removal.breaches().stream()
                                .map(Breach::numbers)
                                .collect(Collectors.joining(", and "))
                        + "; ./meridian confirm "
                        + removal.region()
                        + " --service "
                        + state.service().id()
                        + " lets it go";
        return Alarms.Condition.alarm("held", subject, text);
    }

    /// What is still down, or drained, waits for more than a person's word.
    private static List<Alarms.Condition> waiting(ServiceState state, RecordType type) {
        return state.pools(type).stream()
                .filter(pool -> pool.waits(type).isPresent() && !pool.drained())
                .filter(pool -> pool.health(type) != Health.DOWN)
                .map(pool -> waiting(state.service().id(), pool, type))
                .toList();
    }

    private static Alarms.Condition waiting(ServiceId service, PoolState pool, RecordType type) {
        String subject = service + " " + type;
        RegionId region = pool.pool().region();
        long fall = pool.waits(type).orElseThrow().time().millis();
        return Alarms.Condition.alarm(
                "waits-for-failback",
                subject + " " + region,
                "service "
                        + subject
                        + ": region "
                        + region
                        + ", out since "
                        + Instant.ofEpochMilli(fall)
                        + ", is well again and waits; ./meridian failback "
                        + region
                        + " --service "
                        + service
                        + " lets clients come back");
    }

    /// The same for as long as the edition and the opinions that are votes are.
    static List<Alarms.Condition> sightless(Edition edition, Tally tally, long nanos) {
        Quorum quorum = edition.quorum();
        if (quorum.vantages().isEmpty()) return List.of();
        long count =
                edition.serving().keys().stream()
                        .filter(
                                key ->
                                        quorum.isSightless(
                                                tally.votes(
                                                        key,
                                                        quorum,
                                                        edition.serving().topology().agreement(),
                                                        nanos)))
                        .count();
        if (count == 0) return List.of();
        String text =
                count
                        + " of "
                        + edition.serving().keys().size()
                        + " watched endpoints have fewer fresh votes than the "
                        + quorum.needed()
                        + " of a quorum; their verdicts stand as they were";
        return List.of(
                Alarms.Condition.alarm("sightless", "fleet", text)
                        .lasting(untilFirstVotes(edition.serving().topology())));
    }

    /// Who has just started has heard nobody yet, and seen nothing itself.
    private static Duration untilFirstVotes(Topology topology) {
        Duration slowest =
                topology.services().values().stream()
                        .flatMap(service -> service.monitor().stream())
                        .map(Monitor::interval)
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO);
        return topology.agreement().freshFor().plus(slowest);
    }

    /// Every node says so of every vantage: who lost its network may be out of an operator's reach
    /// too.
    private static List<Alarms.Condition> abstaining(Edition edition, Tally tally, long nanos) {
        Duration freshFor = edition.serving().topology().agreement().freshFor();
        return edition.quorum().vantages().keySet().stream()
                .flatMap(vantage -> Optional.ofNullable(tally.ballots().get(vantage)).stream())
                .filter(ballot -> ballot.report().abstains())
                .filter(ballot -> nanos - ballot.arrived() <= freshFor.toNanos())
                .map(ballot -> ballot.report().vantage().name())
                .map(
                        vantage ->
                                Alarms.Condition.alarm(
                                        "abstains",
                                        vantage,
                                        "vantage "
                                                + vantage
                                                + " reaches none of the references of its self-test;"
                                                + " its votes are not counted"))
                .toList();
    }

    private static boolean endsSoon(Drain drain, Instant now) {
        return drain.end().filter(end -> end.isBefore(now.plus(BEFORE_A_DRAIN_ENDS))).isPresent();
    }

    private static Alarms.Condition ending(Drain drain) {
        String text =
                "the drain of "
                        + drain.scope()
                        + " by "
                        + drain.owner()
                        + " ends at "
                        + drain.end().orElseThrow().truncatedTo(ChronoUnit.SECONDS)
                        + "; traffic then comes back";
        return Alarms.Condition.warning("drain-ending", drain.id(), text);
    }

    private static List<Alarms.Condition> ofFiles(Fleet.Configuration configuration) {
        var conditions = new ArrayList<Alarms.Condition>();
        configuration
                .instead()
                .ifPresent(
                        why ->
                                conditions.add(
                                        Alarms.Condition.alarm(
                                                "rolled-back", "configuration", why)));
        if (!configuration.problems().isEmpty()) {
            String text =
                    "the files are refused, and what served before serves on: "
                            + configuration.problems().getFirst();
            conditions.add(Alarms.Condition.alarm("refused", "configuration", text));
        }
        return conditions;
    }

    private static Alarms.Condition frozen(Freeze freeze) {
        String until =
                freeze.end()
                        .map(end -> "until " + end.truncatedTo(ChronoUnit.SECONDS))
                        .orElse("until someone thaws it");
        String text =
                freeze.owner()
                        + " froze all automatic moves "
                        + until
                        + ": "
                        + freeze.reason()
                        + "; verdicts stand as they are";
        return Alarms.Condition.alarm("frozen", "fleet", text);
    }

    private static String text(Reason reason) {
        return switch (reason) {
            case WAITING ->
                    "nothing else is eligible; it answers a region that waits for a failback";
            case FAIL_OPEN -> "nothing is eligible; it answers as if all were up";
            case LAST_GOOD -> "nothing is eligible; it answers the pool that was up last";
            case FALLBACK -> "nothing is eligible; it answers its fallback";
            case NO_DATA -> "nothing is eligible; it answers nothing, as configured";
            case ALL_DRAINED -> "operators drained everything; it answers what is drained";
            case ACTIVE, ACTIVE_UNKNOWN, STANDBY, STANDBY_UNKNOWN -> "all is well";
        };
    }

    private static Alarms.Condition ofFleet(Alarm alarm) {
        var condition = Alarms.Condition.alarm(kind(alarm), subject(alarm), alarm.text());
        return alarm instanceof Alarm.OtherConfiguration
                ? condition.lasting(WHILE_A_CHANGE_IS_ROLLED_OUT)
                : condition;
    }

    private static String kind(Alarm alarm) {
        return switch (alarm) {
            case Alarm.TwoOfOne _ -> "two-of-one";
            case Alarm.OtherConfiguration _ -> "other-configuration";
            case Alarm.ClockApart _ -> "clock-apart";
            case Alarm.NotSaved _ -> "not-saved";
        };
    }

    private static String subject(Alarm alarm) {
        return switch (alarm) {
            case Alarm.TwoOfOne(var node) -> node.name();
            case Alarm.OtherConfiguration(var node, _, _) -> node.name();
            case Alarm.ClockApart(var node, _) -> node.name();
            case Alarm.NotSaved _ -> "disk";
        };
    }
}
