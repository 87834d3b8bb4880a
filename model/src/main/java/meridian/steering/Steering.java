package meridian.steering;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import meridian.health.Health;
import meridian.record.RecordType;
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
        return preference.ranks().stream()
                .filter(rank -> pools.containsKey(rank.region()))
                .map(
                        rank ->
                                new Candidate(
                                        rank.region(),
                                        rank.tier(),
                                        rank.weight(),
                                        requireNonNull(pools.get(rank.region())),
                                        held.contains(rank.region())))
                .toList();
    }

    /// What a client gets of a service as it is.
    public static Plan plan(ServiceState state, RecordType type, Preference preference) {
        return plan(Situation.of(state, type), preference);
    }

    /// What a client gets of any service in this situation.
    public static Plan plan(Situation situation, Preference preference) {
        List<Liked> liked = liked(situation, preference);
        List<Liked> wanted = liked.stream().filter(one -> !one.pool().drained()).toList();
        if (liked.isEmpty()) return NOTHING;
        if (wanted.isEmpty()) return allDrained(liked);
        return eligible(wanted).orElseGet(() -> allDown(wanted, situation.otherwise()));
    }

    /// The endpoints of one draw.
    public static Choice choose(Plan plan, ServiceState state, RecordType type, long draw) {
        if (plan.shares().isEmpty()) return new Choice(List.of(), Optional.empty(), plan.reason());
        Source source = plan.shares().get(plan.share(draw)).source();
        Sampling sampling = Sampling.of(endpoints(state, type, source), answers(state, type));
        return new Choice(sampling.at(draw), source.region(), plan.reason());
    }

    /// What a source of a plan comes to: one endpoint at least.
    public static List<Endpoint> endpoints(ServiceState state, RecordType type, Source source) {
        return switch (source) {
            case Source.Serving(var region) -> state.pool(region).serving(type);
            case Source.Whole(var region) -> state.pool(region).all(type);
            case Source.Fallback() ->
                    Situation.fallback(state.service().allDown(), type).stream()
                            .map(Steering::standIn)
                            .toList();
        };
    }

    private static Endpoint standIn(Destination destination) {
        return new Endpoint(destination, 1, Optional.empty(), Optional.empty());
    }

    /// How many endpoints an answer names at most. A CNAME stands alone (RFC 1034 §3.6.2).
    public static int answers(ServiceState state, RecordType type) {
        return type.equals(RecordType.CNAME) ? 1 : state.service().answers();
    }

    private static final Plan NOTHING = new Plan(Reason.NO_DATA, List.of());

    /// A pool in a client's order: of one tier, by weight.
    private record Liked(int tier, int weight, Standing pool) {}

    private static List<Liked> liked(Situation situation, Preference preference) {
        return preference.ranks().stream()
                .flatMap(
                        rank ->
                                situation
                                        .standing(rank.region())
                                        .map(pool -> new Liked(rank.tier(), rank.weight(), pool))
                                        .stream())
                .toList();
    }

    /// A line of the order of eligibility: which pools, and how the answer is then called.
    private record Line(Reason reason, Predicate<Standing> holds) {}

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
                pool -> pool.standby() == standby && !pool.waits() && pool.health() == health);
    }

    private static Line waiting(Health health) {
        return new Line(Reason.WAITING, pool -> pool.waits() && pool.health() == health);
    }

    private static Optional<Plan> eligible(List<Liked> liked) {
        return LINES.stream().flatMap(line -> best(line, liked).stream()).findFirst();
    }

    private static Optional<Plan> best(Line line, List<Liked> liked) {
        return firstTier(liked, line.holds())
                .map(tier -> ramped(plan(line.reason(), tier, Source.Serving::new), tier, liked));
    }

    /// What climbs leaves a part of its clients to those who would have them without it: to what is
    /// up, and never to what is unknown or waits.
    private static Plan ramped(Plan whole, List<Liked> tier, List<Liked> liked) {
        List<Liked> climbing = tier.stream().filter(one -> one.pool().percent() < 100).toList();
        if (climbing.isEmpty()) return whole;
        List<Liked> others = liked.stream().filter(one -> !climbing.contains(one)).toList();
        var percents =
                climbing.stream()
                        .map(Liked::pool)
                        .collect(Collectors.toMap(Standing::region, Standing::percent));
        return eligible(others)
                .filter(plan -> plan.reason() == Reason.ACTIVE || plan.reason() == Reason.STANDBY)
                .map(plan -> whole.climbing(percents, plan))
                .orElse(whole);
    }

    private static Optional<List<Liked>> firstTier(
            List<Liked> liked, Predicate<Standing> eligible) {
        return liked.stream()
                .filter(one -> eligible.test(one.pool()))
                .findFirst()
                .map(
                        first ->
                                liked.stream()
                                        .filter(
                                                one ->
                                                        one.tier() == first.tier()
                                                                && eligible.test(one.pool()))
                                        .toList());
    }

    private static Plan plan(Reason reason, List<Liked> tier, Function<RegionId, Source> source) {
        return new Plan(
                reason,
                tier.stream()
                        .map(one -> new Plan.Share(source.apply(one.pool().region()), one.weight()))
                        .toList());
    }

    private static Plan allDown(List<Liked> wanted, Situation.Otherwise otherwise) {
        return switch (otherwise) {
            case FAIL_OPEN -> failOpen(Reason.FAIL_OPEN, wanted);
            case LAST_GOOD -> lastGood(wanted);
            case FALLBACK ->
                    new Plan(Reason.FALLBACK, List.of(new Plan.Share(new Source.Fallback(), 1)));
            case NO_DATA -> NOTHING;
        };
    }

    private static Plan failOpen(Reason reason, List<Liked> wanted) {
        boolean allStandby = wanted.stream().allMatch(one -> one.pool().standby());
        List<Liked> tier = firstTier(wanted, pool -> allStandby || !pool.standby()).orElseThrow();
        return plan(reason, tier, Source.Whole::new);
    }

    /// The same for every client, and known after a restart: the pool that holds the newest fall.
    private static Plan lastGood(List<Liked> wanted) {
        Liked last =
                wanted.stream()
                        .max(Comparator.comparingInt(one -> one.pool().fall()))
                        .orElseThrow();
        return plan(Reason.LAST_GOOD, List.of(last), Source.Whole::new);
    }

    private static Plan allDrained(List<Liked> drained) {
        Plan plan = eligible(drained).orElseGet(() -> failOpen(Reason.ALL_DRAINED, drained));
        return new Plan(Reason.ALL_DRAINED, plan.shares());
    }
}
