package meridian.dns.ready;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import meridian.record.RecordType;
import meridian.steering.PoolState;
import meridian.steering.Return;
import meridian.steering.ServiceState;
import meridian.topology.RegionId;
import meridian.topology.Service;
import meridian.topology.ServiceId;

/// The pools whose clients come back step by step, and since when each was seen to be back, on this
/// node's monotonic clock. After a restart none climbs: what is up then has all its clients.
///
/// @param since in nanoseconds
/// @param at when this was so
record Climbs(Map<Climbs.Way, Long> since, long at) {

    /// A pool, for one of its types.
    record Way(ServiceId service, RegionId region, RecordType type) {}

    static final Climbs NONE = new Climbs(Map.of(), 0);

    Climbs {
        since = Map.copyOf(since);
    }

    /// What climbs now: what did and is not out again, and what was out at the step before and is
    /// no longer.
    ///
    /// @param before the services at the step before; none at the first, when nothing was answered
    /// @param frozen whether an operator's freeze stands: then nothing climbs any higher
    Climbs after(List<ServiceState> before, List<ServiceState> services, boolean frozen, long now) {
        var next = new HashMap<Way, Long>();
        List<ServiceState> ramped = ramped(services);
        if (ramped.isEmpty()) return new Climbs(Map.of(), now);
        Map<ServiceId, ServiceState> known = byId(ramped(before));
        for (ServiceState state : ramped) {
            Optional<ServiceState> was = Optional.ofNullable(known.get(state.service().id()));
            for (PoolState pool : state.pools()) {
                for (RecordType type : state.service().types())
                    begun(was, state, pool, type, now)
                            .map(begun -> frozen && begun != now ? begun + (now - at) : begun)
                            .filter(begun -> !isOver(state.service(), now - begun))
                            .ifPresent(begun -> next.put(way(state.service(), pool, type), begun));
            }
        }
        return new Climbs(next, now);
    }

    private static List<ServiceState> ramped(List<ServiceState> services) {
        var ramped = new ArrayList<ServiceState>();
        for (ServiceState state : services) {
            if (state.service().comeback().ramp().isPositive()) ramped.add(state);
        }
        return ramped;
    }

    private static Map<ServiceId, ServiceState> byId(List<ServiceState> services) {
        var byId = new HashMap<ServiceId, ServiceState>();
        for (ServiceState state : services) byId.put(state.service().id(), state);
        return byId;
    }

    /// How far a pool is.
    Optional<Return> of(Service service, RegionId region, RecordType type) {
        return Optional.ofNullable(since.get(new Way(service.id(), region, type)))
                .map(begun -> service.comeback().percent(Duration.ofNanos(at - begun)))
                .map(Return.Climbs::new);
    }

    private Optional<Long> begun(
            Optional<ServiceState> was,
            ServiceState state,
            PoolState pool,
            RecordType type,
            long now) {
        if (!pool.has(type) || state.isOut(pool, type)) return Optional.empty();
        return was.filter(before -> wasOut(before, pool.pool().region(), type))
                .map(_ -> now)
                .or(() -> Optional.ofNullable(since.get(way(state.service(), pool, type))));
    }

    private static boolean wasOut(ServiceState before, RegionId region, RecordType type) {
        return before.pools(type).stream()
                .filter(pool -> pool.pool().region().equals(region))
                .anyMatch(pool -> before.isOut(pool, type));
    }

    private static boolean isOver(Service service, long nanos) {
        return nanos >= service.comeback().ramp().toNanos();
    }

    private static Way way(Service service, PoolState pool, RecordType type) {
        return new Way(service.id(), pool.pool().region(), type);
    }
}
