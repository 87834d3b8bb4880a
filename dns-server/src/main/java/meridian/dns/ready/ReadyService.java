package meridian.dns.ready;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import meridian.record.RecordType;
import meridian.steering.Plan;
import meridian.steering.Reason;
import meridian.steering.ServiceState;
import meridian.steering.Steering;
import meridian.topology.RegionId;

/// The ready answers of one service in one state: for each of its types and each location class, a
/// plan. Classes that end at the same regions share one.
final class ReadyService {

    /// What tells two plans of one service, state and type apart.
    private record Ending(Reason reason, List<Part> parts) {

        private record Part(Optional<RegionId> region, int weight) {}

        static Ending of(Plan plan) {
            return new Ending(
                    plan.reason(),
                    plan.shares().stream()
                            .map(share -> new Part(share.region(), share.weight()))
                            .toList());
        }
    }

    private final ServiceState state;
    private final LocationClasses classes;
    private final Map<RecordType, List<ReadyPlan>> plans = new HashMap<>();
    private final ReadyPlan[] ofA;
    private final ReadyPlan[] ofAaaa;

    ReadyService(ServiceState state, LocationClasses classes) {
        this.state = state;
        this.classes = classes;
        state.service().types().forEach(type -> plans.put(type, compile(type)));
        this.ofA = plans.getOrDefault(RecordType.A, List.of()).toArray(ReadyPlan[]::new);
        this.ofAaaa = plans.getOrDefault(RecordType.AAAA, List.of()).toArray(ReadyPlan[]::new);
    }

    ServiceState state() {
        return state;
    }

    LocationClasses classes() {
        return classes;
    }

    /// Whether compiling again would give the same.
    boolean isOf(ServiceState otherState, LocationClasses otherClasses) {
        return classes == otherClasses && state.equals(otherState);
    }

    /// The plan of a location class, for one of the service's types.
    ReadyPlan plan(RecordType type, int locationClass) {
        return Optional.ofNullable(plans.get(type)).orElseThrow().get(locationClass);
    }

    /// The same for the fast path, which hashes nothing.
    ///
    /// @param isA whether of type A; otherwise of AAAA
    ReadyPlan addresses(boolean isA, int locationClass) {
        return (isA ? ofA : ofAaaa)[locationClass];
    }

    Set<Reason> reasons(RecordType type) {
        return Optional.ofNullable(plans.get(type)).orElse(List.of()).stream()
                .map(ready -> ready.plan().reason())
                .collect(Collectors.toSet());
    }

    /// The regions in any of its answers.
    Set<RegionId> regions(RecordType type) {
        return Optional.ofNullable(plans.get(type)).orElse(List.of()).stream()
                .distinct()
                .flatMap(ready -> ready.plan().shares().stream())
                .flatMap(share -> share.region().stream())
                .collect(Collectors.toSet());
    }

    private List<ReadyPlan> compile(RecordType type) {
        long ttl = state.service().ttl().toSeconds();
        var shared = new HashMap<Ending, ReadyPlan>();
        return classes.preferences().stream()
                .map(preference -> Steering.plan(state, type, preference))
                .map(
                        plan ->
                                shared.computeIfAbsent(
                                        Ending.of(plan), _ -> ReadyPlan.of(plan, type, ttl)))
                .toList();
    }
}
