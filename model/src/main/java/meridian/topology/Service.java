package meridian.topology;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import meridian.record.DomainName;
import meridian.record.RecordType;

/// A thing people reach by a steered name.
///
/// @param names its owner names; a first label `*` makes a wildcard (RFC 4592)
/// @param ttl of every answer, in whole seconds
/// @param answers how many endpoints one answer names at most, 1 to 16
/// @param monitor without one its endpoints count as up
/// @param pools one per region, in the order of the configuration
/// @param comeback how clients come back to a region that was out
/// @param bindings what is told of its addresses or hosts, one of a type at most
public record Service(
        ServiceId id,
        List<DomainName> names,
        Duration ttl,
        int answers,
        Optional<Monitor> monitor,
        List<Pool> pools,
        Policy policy,
        AllDown allDown,
        GuardLimits guard,
        Comeback comeback,
        List<Binding> bindings) {

    public static final int MAX_ANSWERS = 16;

    /// One of which nothing is told but its endpoints.
    public Service(
            ServiceId id,
            List<DomainName> names,
            Duration ttl,
            int answers,
            Optional<Monitor> monitor,
            List<Pool> pools,
            Policy policy,
            AllDown allDown,
            GuardLimits guard,
            Comeback comeback) {
        this(id, names, ttl, answers, monitor, pools, policy, allDown, guard, comeback, List.of());
    }

    /// One whose clients come back by themselves, all at once.
    public Service(
            ServiceId id,
            List<DomainName> names,
            Duration ttl,
            int answers,
            Optional<Monitor> monitor,
            List<Pool> pools,
            Policy policy,
            AllDown allDown,
            GuardLimits guard) {
        this(id, names, ttl, answers, monitor, pools, policy, allDown, guard, Comeback.AUTOMATIC);
    }

    public Service {
        names = List.copyOf(names);
        pools = List.copyOf(pools);
        bindings = List.copyOf(bindings);
        if (answers < 1 || answers > MAX_ANSWERS) {
            throw new IllegalArgumentException(
                    "service "
                            + id
                            + " has answers = "
                            + answers
                            + "; 1 to "
                            + MAX_ANSWERS
                            + " are accepted");
        }
        if (ttl.isNegative() || ttl.toSeconds() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "service "
                            + id
                            + " has a TTL of "
                            + ttl.toSeconds()
                            + " s; 0 to 2147483647 s are accepted");
        }
        if (pools.isEmpty()) throw new IllegalArgumentException("service " + id + " has no pool");
        if (pools.stream().map(Pool::region).distinct().count() < pools.size()) {
            throw new IllegalArgumentException("service " + id + " has two pools in one region");
        }
        var types = typesOf(pools);
        if (types.contains(RecordType.CNAME) && types.size() > 1) {
            throw new IllegalArgumentException(
                    "service " + id + " mixes CNAMEs with other records; either alone is accepted");
        }
        for (Binding binding : bindings) {
            if (types.contains(binding.type()) || !addressTypes(types).isEmpty()) continue;
            throw new IllegalArgumentException(
                    "service "
                            + id
                            + " has "
                            + binding.type()
                            + " and neither an address nor a host for it; either is accepted");
        }
        if (bindings.stream().map(Binding::type).distinct().count() < bindings.size()) {
            throw new IllegalArgumentException(
                    "service " + id + " has two bindings of one type; one is accepted");
        }
    }

    /// The record types of its endpoints: CNAME alone, or any others. Each is measured and steered
    /// by itself.
    public SortedSet<RecordType> types() {
        return typesOf(pools);
    }

    /// The record types that its names have anywhere, and so are never NODATA for: those of its
    /// endpoints and of its bindings.
    public SortedSet<RecordType> steeredTypes() {
        SortedSet<RecordType> types = typesOf(pools);
        bindings.forEach(binding -> types.add(binding.type()));
        return types;
    }

    /// A, AAAA or both, as far as it has them.
    public List<RecordType> addressTypes() {
        return addressTypes(types());
    }

    public Optional<Binding> binding(RecordType type) {
        return bindings.stream().filter(binding -> binding.type().equals(type)).findFirst();
    }

    private static List<RecordType> addressTypes(SortedSet<RecordType> types) {
        return types.stream()
                .filter(type -> type.equals(RecordType.A) || type.equals(RecordType.AAAA))
                .toList();
    }

    public Optional<Pool> pool(RegionId region) {
        return pools.stream().filter(pool -> pool.region().equals(region)).findFirst();
    }

    private static SortedSet<RecordType> typesOf(List<Pool> pools) {
        var types = new TreeSet<RecordType>();
        for (Pool pool : pools)
            pool.endpoints().forEach(endpoint -> types.add(endpoint.destination().type()));
        return types;
    }
}
