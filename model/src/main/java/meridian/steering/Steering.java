package meridian.steering;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import meridian.record.RecordType;
import meridian.steering.Eligibility.Liked;
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
        return plan(Outlook.of(state, type), preference);
    }

    /// What a client gets of any service of which this is the outlook.
    public static Plan plan(Outlook outlook, Preference preference) {
        Breadth breadth = Breadth.of(outlook.shape());
        List<Plan> plans =
                outlook.situations().stream()
                        .map(situation -> plan(situation, breadth, preference))
                        .toList();
        return outlook.shape() == Shape.BINDING ? Plan.together(plans) : plans.getFirst();
    }

    private static Plan plan(Situation situation, Breadth breadth, Preference preference) {
        List<Liked> liked = Eligibility.liked(situation, preference);
        List<Liked> wanted = liked.stream().filter(one -> !one.pool().drained()).toList();
        if (liked.isEmpty()) return NOTHING;
        if (wanted.isEmpty()) return allDrained(liked, breadth);
        return breadth.eligible(wanted)
                .orElseGet(() -> allDown(wanted, situation.otherwise(), breadth));
    }

    /// The endpoints of one draw, and the records that name them.
    public static Choice choose(Plan plan, ServiceState state, RecordType type, long draw) {
        if (plan.shares().isEmpty())
            return new Choice(List.of(), List.of(), List.of(), plan.reason());
        Source source = plan.shares().get(plan.share(draw)).source();
        Variants variants = Variants.of(state.service(), type, parts(state, type, source));
        return new Choice(
                variants.endpoints(draw), variants.records(draw), source.regions(), plan.reason());
    }

    /// What a source of a plan comes to: one endpoint at least.
    public static List<Part> parts(ServiceState state, RecordType type, Source source) {
        return switch (source) {
            case Source.Serving(var region) -> List.of(part(state.pool(region).serving(type)));
            case Source.Whole(var region) -> List.of(part(state.pool(region).all(type)));
            case Source.Fallback() -> {
                var kept = Situation.fallback(state.service().allDown(), type);
                yield List.of(part(kept.stream().map(Steering::standIn).toList()));
            }
            case Source.Steps(var rungs) ->
                    rungs.stream()
                            .flatMap(
                                    rung ->
                                            parts(state, type, rung.of()).stream()
                                                    .map(part -> onRung(part, rung)))
                            .toList();
            case Source.Families(var families) -> parts(state, families);
        };
    }

    private static List<Part> parts(ServiceState state, List<Optional<Source>> families) {
        List<RecordType> types = state.service().addressTypes();
        var parts = new ArrayList<Part>();
        for (int i = 0; i < types.size(); i++) {
            RecordType type = types.get(i);
            families.get(i).ifPresent(source -> parts.addAll(parts(state, type, source)));
        }
        return parts;
    }

    private static Part part(List<Endpoint> endpoints) {
        return new Part(1, 1, endpoints);
    }

    private static Part onRung(Part part, Source.Rung rung) {
        return new Part(rung.step(), rung.weight(), part.endpoints());
    }

    private static Endpoint standIn(Destination destination) {
        return new Endpoint(destination, 1, Optional.empty(), Optional.empty());
    }

    private static final Plan NOTHING = new Plan(Reason.NO_DATA, List.of());

    private static Plan allDown(
            List<Liked> wanted, Situation.Otherwise otherwise, Breadth breadth) {
        return switch (otherwise) {
            case FAIL_OPEN -> breadth.failingOpen(Reason.FAIL_OPEN, wanted);
            case LAST_GOOD -> lastGood(wanted);
            case FALLBACK -> of(Reason.FALLBACK, new Source.Fallback());
            case NO_DATA -> NOTHING;
        };
    }

    /// The same for every client, and known after a restart: the pool that holds the newest fall.
    private static Plan lastGood(List<Liked> wanted) {
        Liked last =
                wanted.stream()
                        .max(Comparator.comparingInt(one -> one.pool().fall()))
                        .orElseThrow();
        return of(Reason.LAST_GOOD, new Source.Whole(last.pool().region()));
    }

    private static Plan of(Reason reason, Source source) {
        return new Plan(reason, List.of(new Plan.Share(source, 1)));
    }

    private static Plan allDrained(List<Liked> drained, Breadth breadth) {
        Plan plan =
                breadth.eligible(drained)
                        .orElseGet(() -> breadth.failingOpen(Reason.ALL_DRAINED, drained));
        return new Plan(Reason.ALL_DRAINED, plan.shares());
    }
}
