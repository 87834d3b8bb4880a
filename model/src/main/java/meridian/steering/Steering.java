package meridian.steering;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import meridian.health.Health;
import meridian.record.RecordType;
import meridian.time.Stamp;
import meridian.topology.AllDown;
import meridian.topology.Destination;
import meridian.topology.Endpoint;
import meridian.topology.RegionId;

/// The one decision: which endpoints a client gets.
///
/// Eligibility has one order, each line over the client's whole preference, so that a far region
/// that is up comes before a near one of which nothing is known:
///
/// | | pools that are |
/// |---|---|
/// | 1 | up, and active |
/// | 2 | unknown, and active |
/// | 3 | up, and standby |
/// | 4 | unknown, and standby |
/// | 5 | up, and then unknown, but waiting to be let back |
/// | 6 | none of these: the service's `all-down` |
/// | 7 | all drained: the drained ones, in the order of 1 to 5, then failing open |
///
/// What operators asked for comes before what was measured: lines 1 to 6 never see a drained pool.
/// Lines 1 to 4 see none that waits. A pool that climbs takes its part of the draws, and the rest
/// are answered as if it were not there.
public final class Steering {

    private Steering() {}

    /// Everything that is weighed for one client and type, in the client's order: pools that have
    /// the type, in regions that the client may be sent to.
    public static List<Candidate> candidates(
            ServiceState state, RecordType type, Preference preference) {
        Set<RegionId> held = Guard.held(state, type);
        Map<RegionId, PoolState> pools =
                state.pools(type).stream()
                        .collect(
                                Collectors.toMap(
                                        pool -> pool.pool().region(), Function.identity()));
        var candidates = new ArrayList<Candidate>();
        for (int tier = 0; tier < preference.tiers().size(); tier++) {
            final int at = tier;
            preference
                    .tiers()
                    .get(tier)
                    .weights()
                    .forEach(
                            (region, weight) ->
                                    Optional.ofNullable(pools.get(region))
                                            .ifPresent(
                                                    pool ->
                                                            candidates.add(
                                                                    new Candidate(
                                                                            region,
                                                                            at,
                                                                            weight,
                                                                            pool,
                                                                            held.contains(
                                                                                    region)))));
        }
        return List.copyOf(candidates);
    }

    public static Plan plan(ServiceState state, RecordType type, Preference preference) {
        List<Candidate> candidates = candidates(state, type, preference);
        List<Candidate> wanted = candidates.stream().filter(c -> !c.pool().drained()).toList();
        if (candidates.isEmpty()) return new Plan(Reason.NO_DATA, List.of());
        if (wanted.isEmpty()) return allDrained(candidates, state, type);
        return eligible(wanted, state, type).orElseGet(() -> allDown(wanted, state, type));
    }

    /// A line of the order of eligibility: which pools, and how the answer is then called.
    private record Line(Reason reason, BiPredicate<Candidate, RecordType> holds) {}

    private static final List<Line> LINES =
            List.of(
                    line(Reason.ACTIVE, Health.UP, false),
                    line(Reason.ACTIVE_UNKNOWN, Health.UNKNOWN, false),
                    line(Reason.STANDBY, Health.UP, true),
                    line(Reason.STANDBY_UNKNOWN, Health.UNKNOWN, true),
                    waiting(Health.UP),
                    waiting(Health.UNKNOWN));

    private static Line line(Reason reason, Health health, boolean standby) {
        return new Line(
                reason,
                (candidate, type) ->
                        candidate.pool().standby() == standby
                                && candidate.pool().waits(type).isEmpty()
                                && health(candidate, type) == health);
    }

    private static Line waiting(Health health) {
        return new Line(
                Reason.WAITING,
                (candidate, type) ->
                        candidate.pool().waits(type).isPresent()
                                && health(candidate, type) == health);
    }

    private static Optional<Plan> eligible(
            List<Candidate> candidates, ServiceState state, RecordType type) {
        return LINES.stream()
                .flatMap(line -> best(line, candidates, state, type).stream())
                .findFirst();
    }

    private static Optional<Plan> best(
            Line line, List<Candidate> candidates, ServiceState state, RecordType type) {
        return firstTier(candidates, candidate -> line.holds().test(candidate, type))
                .map(
                        tier -> {
                            Plan whole =
                                    plan(
                                            line.reason(),
                                            tier,
                                            state,
                                            candidate -> candidate.pool().serving(type));
                            return ramped(whole, tier, candidates, state, type);
                        });
    }

    /// What climbs leaves a part of its clients to those who would have them without it: to what is
    /// up, and never to what is unknown or waits.
    private static Plan ramped(
            Plan whole,
            List<Candidate> tier,
            List<Candidate> candidates,
            ServiceState state,
            RecordType type) {
        List<Candidate> climbing =
                tier.stream().filter(candidate -> candidate.pool().percent(type) < 100).toList();
        if (climbing.isEmpty()) return whole;
        List<Candidate> others =
                candidates.stream().filter(candidate -> !climbing.contains(candidate)).toList();
        var percents =
                climbing.stream()
                        .collect(
                                Collectors.toMap(
                                        Candidate::region,
                                        candidate -> candidate.pool().percent(type)));
        return eligible(others, state, type)
                .filter(plan -> plan.reason() == Reason.ACTIVE || plan.reason() == Reason.STANDBY)
                .map(plan -> whole.climbing(percents, plan))
                .orElse(whole);
    }

    private static Health health(Candidate candidate, RecordType type) {
        return candidate.held() ? Health.UP : candidate.pool().health(type);
    }

    private static Optional<List<Candidate>> firstTier(
            List<Candidate> candidates, Predicate<Candidate> eligible) {
        return candidates.stream()
                .filter(eligible)
                .findFirst()
                .map(
                        first ->
                                candidates.stream()
                                        .filter(
                                                candidate ->
                                                        candidate.tier() == first.tier()
                                                                && eligible.test(candidate))
                                        .toList());
    }

    private static Plan plan(
            Reason reason,
            List<Candidate> tier,
            ServiceState state,
            Function<Candidate, List<Endpoint>> endpoints) {
        return new Plan(
                reason,
                tier.stream()
                        .map(
                                candidate ->
                                        new Plan.Share(
                                                Optional.of(candidate.region()),
                                                candidate.weight(),
                                                Sampling.of(
                                                        endpoints.apply(candidate),
                                                        answers(state, candidate))))
                        .toList());
    }

    /// A CNAME stands alone (RFC 1034 §3.6.2).
    private static int answers(ServiceState state, Candidate candidate) {
        return candidate.pool().has(RecordType.CNAME) ? 1 : state.service().answers();
    }

    private static Plan allDown(List<Candidate> wanted, ServiceState state, RecordType type) {
        return switch (state.service().allDown()) {
            case AllDown.FailOpen() -> failOpen(Reason.FAIL_OPEN, wanted, state, type);
            case AllDown.LastGood() -> lastGood(wanted, state, type);
            case AllDown.NoData() -> new Plan(Reason.NO_DATA, List.of());
            case AllDown.Addresses(var addresses) ->
                    fallback(
                            addresses.stream().<Destination>map(Destination.Address::new).toList(),
                            state,
                            type);
            case AllDown.Alias(var name) ->
                    fallback(List.of(new Destination.Alias(name)), state, type);
        };
    }

    private static Plan failOpen(
            Reason reason, List<Candidate> wanted, ServiceState state, RecordType type) {
        boolean allStandby = wanted.stream().allMatch(candidate -> candidate.pool().standby());
        List<Candidate> tier =
                firstTier(wanted, candidate -> allStandby || !candidate.pool().standby())
                        .orElseThrow();
        return plan(reason, tier, state, candidate -> candidate.pool().all(type));
    }

    /// The same for every client, and known after a restart: the pool that holds the newest fall.
    private static Plan lastGood(List<Candidate> wanted, ServiceState state, RecordType type) {
        Comparator<Candidate> byFall =
                Comparator.comparing(
                        candidate -> candidate.pool().wentDown(type).orElse(null),
                        Comparator.nullsFirst(Comparator.<Stamp>naturalOrder()));
        Candidate last = wanted.stream().max(byFall).orElseThrow();
        return plan(
                Reason.LAST_GOOD, List.of(last), state, candidate -> candidate.pool().all(type));
    }

    private static Plan fallback(
            List<Destination> destinations, ServiceState state, RecordType type) {
        List<Endpoint> endpoints =
                destinations.stream()
                        .filter(destination -> destination.type().equals(type))
                        .map(
                                destination ->
                                        new Endpoint(
                                                destination, 1, Optional.empty(), Optional.empty()))
                        .toList();
        if (endpoints.isEmpty()) return new Plan(Reason.NO_DATA, List.of());
        Sampling sampling = Sampling.of(endpoints, state.service().answers());
        return new Plan(Reason.FALLBACK, List.of(new Plan.Share(Optional.empty(), 1, sampling)));
    }

    private static Plan allDrained(List<Candidate> drained, ServiceState state, RecordType type) {
        Plan plan =
                eligible(drained, state, type)
                        .orElseGet(() -> failOpen(Reason.ALL_DRAINED, drained, state, type));
        return new Plan(Reason.ALL_DRAINED, plan.shares());
    }
}
