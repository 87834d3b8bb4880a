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
        Comeback comeback) {

    public static final int MAX_ANSWERS = 16;

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
                    "service " + id + " mixes addresses and names; either alone is accepted");
        }
    }

    /// The record types it has anywhere, and so is never NODATA for: A, AAAA, or CNAME alone.
    public SortedSet<RecordType> types() {
        return typesOf(pools);
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
