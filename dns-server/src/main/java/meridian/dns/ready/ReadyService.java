package meridian.dns.ready;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import meridian.dns.signed.Occasion;
import meridian.dns.signed.ZoneSigner;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import meridian.steering.Outlook;
import meridian.steering.Part;
import meridian.steering.Reason;
import meridian.steering.ServiceState;
import meridian.steering.Source;
import meridian.steering.Steering;
import meridian.steering.Variants;
import meridian.topology.RegionId;
import meridian.topology.Service;

/// The ready answers of one service in one state. What each location class gets is decided for all
/// services that are in the same situation ([ClassPlans]); the records are its own, for each source
/// that any class gets, and for each pool that may be one next.
final class ReadyService {

    private final ServiceState state;
    private final LocationClasses classes;
    private final Map<DomainName, ZoneSigner> signers;
    private final List<OfType> types;
    private final Optional<OfType> ofA;
    private final Optional<OfType> ofAaaa;
    private final Optional<OfType> ofSvcb;
    private final Optional<OfType> ofHttps;

    /// Whether what this may come to is signed, or being signed.
    private volatile boolean isAhead;

    /// @param records at the positions of the plans' sources
    private record OfType(RecordType type, ClassPlans plans, List<ReadyRecords> records) {

        byte[] records(int locationClass, long draw) {
            int source = plans.source(locationClass, draw);
            return source < 0 ? ReadyRecords.NOTHING : records.get(source).records(draw);
        }

        ReadyRecords.Signatures signatures(int position, int locationClass, long draw) {
            int source = plans.source(locationClass, draw);
            return source < 0
                    ? ReadyRecords.Signatures.NONE
                    : records.get(source).signatures(position, draw);
        }

        Optional<RRset> rrset(DomainName owner, int locationClass, long draw) {
            int source = plans.source(locationClass, draw);
            return source < 0
                    ? Optional.empty()
                    : Optional.of(records.get(source).rrset(owner, draw));
        }

        /// The same for another state of the service, and of that what is the same.
        ///
        /// @param was the state that this is of
        OfType in(
                ServiceState state,
                ServiceState was,
                LocationClasses classes,
                Map<DomainName, ZoneSigner> signers) {
            ClassPlans now = classes.plans(Outlook.of(state, type));
            List<ReadyRecords> its = new ArrayList<>(now.sources().size());
            for (int i = 0; i < now.sources().size(); i++) {
                Source source = now.sources().get(i);
                boolean isKept = plans.isAt(i, source) && state.isMeasuredAs(was, source.regions());
                its.add(isKept ? records.get(i) : found(i, state, source, signers));
            }
            return new OfType(type, now, its.equals(records) ? records : List.copyOf(its));
        }

        /// What comes of a source, which there may be already: mostly where it was.
        private ReadyRecords found(
                int source, ServiceState state, Source of, Map<DomainName, ZoneSigner> signers) {
            List<Part> parts = Steering.parts(state, type, of);
            if (source < records.size() && records.get(source).isOf(parts))
                return records.get(source);
            for (ReadyRecords one : records) if (one.isOf(parts)) return one;
            return made(state, type, parts, signers, Occasion.PUBLISHING);
        }

        /// For a service of which nothing is ready.
        static OfType of(
                ServiceState state,
                RecordType type,
                LocationClasses classes,
                Map<DomainName, ZoneSigner> signers) {
            ClassPlans plans = classes.plans(Outlook.of(state, type));
            List<ReadyRecords> records =
                    plans.sources().stream()
                            .map(source -> Steering.parts(state, type, source))
                            .map(parts -> made(state, type, parts, signers, Occasion.AHEAD))
                            .toList();
            return new OfType(type, plans, records);
        }

        private static ReadyRecords made(
                ServiceState state,
                RecordType type,
                List<Part> parts,
                Map<DomainName, ZoneSigner> signers,
                Occasion occasion) {
            Variants variants = Variants.of(state.service(), type, parts);
            long ttl = state.service().ttl().toSeconds();
            return ReadyRecords.of(
                    parts, variants, type, ttl, state.service().names(), signers, occasion);
        }
    }

    private ReadyService(
            ServiceState state,
            LocationClasses classes,
            Map<DomainName, ZoneSigner> signers,
            List<OfType> types) {
        this.state = state;
        this.classes = classes;
        this.signers = signers;
        this.types = List.copyOf(types);
        this.ofA = find(RecordType.A);
        this.ofAaaa = find(RecordType.AAAA);
        this.ofSvcb = find(RecordType.SVCB);
        this.ofHttps = find(RecordType.HTTPS);
    }

    /// @param signers by each of its names that is in a signed zone, the same as long as their
    ///   signatures are
    /// @param before the same service in an earlier state, whose records are kept where they are
    ///   the same
    static ReadyService of(
            ServiceState state,
            LocationClasses classes,
            Map<DomainName, ZoneSigner> signers,
            Optional<ReadyService> before) {
        List<OfType> types =
                before.filter(it -> it.isOf(state.service()))
                        .filter(it -> it.signers.equals(signers))
                        .map(it -> it.typesIn(state, classes))
                        .orElseGet(
                                () ->
                                        state.service().steeredTypes().stream()
                                                .map(
                                                        type ->
                                                                OfType.of(
                                                                        state, type, classes,
                                                                        signers))
                                                .toList());
        return new ReadyService(state, classes, signers, types);
    }

    /// A service of the same configuration is the same object.
    @SuppressWarnings("ReferenceEquality")
    private boolean isOf(Service service) {
        return state.service() == service || state.service().equals(service);
    }

    private List<OfType> typesIn(ServiceState now, LocationClasses nowClasses) {
        var its = new ArrayList<OfType>(types.size());
        for (OfType type : types) its.add(type.in(now, state, nowClasses, signers));
        return its;
    }

    /// Whether something is to be signed that this may come to.
    boolean isToSignAhead() {
        return !signers.isEmpty() && !isAhead;
    }

    /// Signs what no class gets as things are, and may next. So the step that publishes it only
    /// finds it.
    void signAhead() {
        isAhead = true;
        Ahead.sign(state, classes, signers);
    }

    ServiceState state() {
        return state;
    }

    LocationClasses classes() {
        return classes;
    }

    /// Whether it was compiled from these: a state that is the same is the same object.
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(
            ServiceState otherState,
            LocationClasses otherClasses,
            Map<DomainName, ZoneSigner> otherSigners) {
        return classes == otherClasses && state == otherState && signers.equals(otherSigners);
    }

    /// What a draw gives a location class, for one of the service's types; nothing for an empty
    /// answer.
    ///
    /// @param owner one of the service's names
    Optional<RRset> rrset(DomainName owner, RecordType type, int locationClass, long draw) {
        return find(type).orElseThrow().rrset(owner, locationClass, draw);
    }

    /// The same for the fast path, which compares nothing: records in the order of their endpoints
    /// and not rotated; none for an empty answer.
    ///
    /// @param type one of the service's: A, AAAA, SVCB or HTTPS
    byte[] records(int type, int locationClass, long draw) {
        return ready(type).records(locationClass, draw);
    }

    /// The signatures of those records.
    ///
    /// @param position of the name among the service's
    ReadyRecords.Signatures signatures(int type, int position, int locationClass, long draw) {
        return ready(type).signatures(position, locationClass, draw);
    }

    private OfType ready(int type) {
        if (type == PlainQuery.A) return ofA.orElseThrow();
        if (type == PlainQuery.AAAA) return ofAaaa.orElseThrow();
        return (type == PlainQuery.HTTPS ? ofHttps : ofSvcb).orElseThrow();
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
