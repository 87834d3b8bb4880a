package meridian.dns.ready;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import meridian.record.RecordType;
import meridian.steering.Reason;
import meridian.steering.ServiceState;
import meridian.steering.Situation;
import meridian.steering.Steering;
import meridian.topology.Endpoint;
import meridian.topology.RegionId;

/// The ready answers of one service in one state. What each location class gets is decided for all
/// services that are in the same situation ([ClassPlans]); the records are its own, for each source
/// that any class gets, and for each pool that may be one next.
final class ReadyService {

    private final ServiceState state;
    private final LocationClasses classes;
    private final List<OfType> types;
    private final Optional<OfType> ofA;
    private final Optional<OfType> ofAaaa;

    /// @param records at the positions of the plans' sources
    private record OfType(RecordType type, ClassPlans plans, List<ReadyRecords> records) {

        byte[] records(int locationClass, long draw) {
            int source = plans.source(locationClass, draw);
            return source < 0 ? ReadyRecords.NOTHING : records.get(source).records(draw);
        }

        boolean has(int source, List<Endpoint> endpoints) {
            return source < records.size() && records.get(source).isOf(endpoints);
        }
    }

    private ReadyService(ServiceState state, LocationClasses classes, List<OfType> types) {
        this.state = state;
        this.classes = classes;
        this.types = List.copyOf(types);
        this.ofA = find(RecordType.A);
        this.ofAaaa = find(RecordType.AAAA);
    }

    /// @param before the same service in an earlier state, whose records are kept where they are
    ///   the same
    static ReadyService of(
            ServiceState state, LocationClasses classes, Optional<ReadyService> before) {
        if (before.isPresent() && before.get().state.service().equals(state.service())) {
            var types = new ArrayList<OfType>(before.get().types.size());
            for (OfType earlier : before.get().types)
                types.add(compile(state, classes, earlier.type(), Optional.of(earlier)));
            return new ReadyService(state, classes, types);
        }
        return new ReadyService(
                state,
                classes,
                state.service().types().stream()
                        .map(type -> compile(state, classes, type, Optional.empty()))
                        .toList());
    }

    private static OfType compile(
            ServiceState state, LocationClasses classes, RecordType type, Optional<OfType> before) {
        ClassPlans plans = classes.plans(Situation.of(state, type));
        int answers = Steering.answers(state, type);
        long ttl = state.service().ttl().toSeconds();
        var records = new ArrayList<ReadyRecords>(plans.sources().size());
        for (int i = 0; i < plans.sources().size(); i++) {
            List<Endpoint> endpoints = Steering.endpoints(state, type, plans.sources().get(i));
            boolean isKept = before.isPresent() && before.get().has(i, endpoints);
            records.add(
                    isKept
                            ? before.get().records().get(i)
                            : ReadyRecords.of(endpoints, answers, type, ttl));
        }
        return new OfType(type, plans, List.copyOf(records));
    }

    ServiceState state() {
        return state;
    }

    LocationClasses classes() {
        return classes;
    }

    /// Whether it was compiled from these: a state that is the same is the same object.
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(ServiceState otherState, LocationClasses otherClasses) {
        return classes == otherClasses && state == otherState;
    }

    /// The records that a draw gives a location class, for one of the service's types: in the order
    /// of their endpoints and not rotated; none for an empty answer.
    byte[] records(RecordType type, int locationClass, long draw) {
        return find(type).orElseThrow().records(locationClass, draw);
    }

    /// The same for the fast path, which compares nothing.
    ///
    /// @param isA whether of type A; otherwise of AAAA
    byte[] addresses(boolean isA, int locationClass, long draw) {
        return (isA ? ofA : ofAaaa).orElseThrow().records(locationClass, draw);
    }

    Set<Reason> reasons(RecordType type) {
        return find(type).map(ofType -> ofType.plans().reasons()).orElse(Set.of());
    }

    /// The regions in any of its answers.
    Set<RegionId> regions(RecordType type) {
        return find(type).map(ofType -> ofType.plans().regions()).orElse(Set.of());
    }

    private Optional<OfType> find(RecordType type) {
        for (OfType ofType : types) {
            if (ofType.type().equals(type)) return Optional.of(ofType);
        }
        return Optional.empty();
    }
}
