package meridian.steering;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import meridian.health.Health;
import meridian.record.RecordType;
import meridian.time.Stamp;
import meridian.topology.RegionId;
import meridian.topology.ServiceId;

/// What may not happen to a service at once, whoever or whatever asks for it.
///
/// `keep-regions` counts regions that can serve: not drained, and not without anything that is up
/// or unknown. A region with nothing up counts for nothing, so the guard never pins clients to a
/// dead one; what it keeps is a region that has fallen below its `min-up` but still serves.
///
/// Pure, and by the stamps of the verdicts rather than by any clock: every node holds the same.
public final class Guard {

    private Guard() {}

    /// What a drain would leave of one service.
    ///
    /// @param left regions that could still serve this type
    /// @param keep how many must
    public record Breach(ServiceId service, RecordType type, int left, int keep) {

        @Override
        public String toString() {
            return "service "
                    + service
                    + " would keep "
                    + left
                    + " of its regions for "
                    + type
                    + "; keep-regions is "
                    + keep;
        }
    }

    /// The regions that measured health would take out, and the guard keeps: those that fell last,
    /// so that removals are admitted in the order in which they happened.
    public static Set<RegionId> held(ServiceState state, RecordType type) {
        List<PoolState> wanted =
                state.pools(type).stream().filter(pool -> !pool.drained()).toList();
        long able = wanted.stream().filter(pool -> pool.health(type) != Health.DOWN).count();
        long missing = Math.max(0, state.service().guard().keepRegions() - able);
        var held = new HashSet<RegionId>();
        wanted.stream()
                .filter(pool -> pool.isPartlyUp(type))
                .sorted(byFall(type).reversed())
                .limit(missing)
                .forEach(pool -> held.add(pool.pool().region()));
        return Set.copyOf(held);
    }

    /// Why `region` must not be drained for these services; empty where it may be.
    public static List<Breach> breaches(Collection<ServiceState> services, RegionId region) {
        var breaches = new ArrayList<Breach>();
        for (ServiceState state : services) {
            for (RecordType type : state.service().types()) {
                breach(state, type, region).ifPresent(breaches::add);
            }
        }
        return List.copyOf(breaches);
    }

    private static Optional<Breach> breach(ServiceState state, RecordType type, RegionId region) {
        List<RegionId> able =
                state.pools(type).stream()
                        .filter(pool -> !pool.drained() && serves(pool, type))
                        .map(pool -> pool.pool().region())
                        .toList();
        int left = able.size() - (able.contains(region) ? 1 : 0);
        int keep = state.service().guard().keepRegions();
        if (left == able.size() || left >= keep) return Optional.empty();
        return Optional.of(new Breach(state.service().id(), type, left, keep));
    }

    private static boolean serves(PoolState pool, RecordType type) {
        return pool.health(type) != Health.DOWN || pool.isPartlyUp(type);
    }

    private static Comparator<PoolState> byFall(RecordType type) {
        return Comparator.<PoolState, Stamp>comparing(pool -> pool.wentDown(type).orElseThrow())
                .thenComparing(pool -> pool.pool().region());
    }
}
