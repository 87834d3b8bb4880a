package meridian.steering;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import meridian.health.Health;
import meridian.health.Verdict;
import meridian.record.RecordType;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.Endpoint;
import meridian.topology.NodeId;
import meridian.topology.Pool;
import meridian.topology.Region;
import meridian.topology.RegionId;
import meridian.topology.Service;
import meridian.topology.Topology;

/// One service with the state of each of its pools, in the order of the configuration.
public record ServiceState(Service service, List<PoolState> pools) {

    /// The verdict on what is never probed: up since ever.
    public static final Verdict UNWATCHED =
            new Verdict(Health.UP, new Stamp(HybridTime.ZERO, new NodeId("0")));

    public ServiceState {
        pools = List.copyOf(pools);
    }

    /// Puts a service together of which no pool is on its way back.
    public static ServiceState of(
            Service service,
            Topology topology,
            Function<Endpoint, Optional<Verdict>> verdicts,
            Function<RegionId, Wishes> wishes) {
        return of(service, topology, verdicts, wishes, (_, _) -> Optional.empty());
    }

    /// Puts a service together with what is measured and wanted.
    ///
    /// @param verdicts what the fleet holds true of an endpoint
    /// @param wishes what operators ask for of this service in a region
    /// @param returns how far a region is on its way back for a type
    public static ServiceState of(
            Service service,
            Topology topology,
            Function<Endpoint, Optional<Verdict>> verdicts,
            Function<RegionId, Wishes> wishes,
            BiFunction<RegionId, RecordType, Optional<Return>> returns) {
        var pools = new ArrayList<PoolState>(service.pools().size());
        for (Pool pool : service.pools()) {
            Optional<Region> region = topology.region(pool.region());
            pools.add(
                    new PoolState(
                            pool,
                            region.map(Region::capacity).orElse(1),
                            region.map(Region::standby).orElse(false),
                            wishes.apply(pool.region()),
                            measured(pool, verdicts),
                            returns(pool, returns)));
        }
        return new ServiceState(service, pools);
    }

    /// The same service with what the fleet holds true now of some endpoints; itself, if there are
    /// none. An endpoint is told by its position among all of the service's, pool by pool.
    ///
    /// @param which of them are asked for
    @SuppressWarnings("ReferenceEquality") // the list is copied where the first pool is another
    public ServiceState measuring(IntPredicate which, IntFunction<Optional<Verdict>> verdicts) {
        List<PoolState> now = pools;
        int first = 0;
        for (int i = 0; i < pools.size(); i++) {
            PoolState before = pools.get(i);
            PoolState pool = before.measuring(first, which, verdicts);
            first += before.endpoints().size();
            now = replaced(now, i, pool);
        }
        return now == pools ? this : new ServiceState(service, now);
    }

    /// The same service with what is wanted now; itself, if that is the same.
    public ServiceState wishing(
            Function<RegionId, Wishes> wishes,
            BiFunction<RegionId, RecordType, Optional<Return>> returns) {
        return with(
                pool ->
                        pool.with(
                                wishes.apply(pool.pool().region()), returns(pool.pool(), returns)));
    }

    /// The same service with other pools; itself, if they are the same.
    @SuppressWarnings("ReferenceEquality") // the list is copied where the first pool is another
    ServiceState with(UnaryOperator<PoolState> changed) {
        List<PoolState> now = pools;
        for (int i = 0; i < pools.size(); i++) now = replaced(now, i, changed.apply(pools.get(i)));
        return now == pools ? this : new ServiceState(service, now);
    }

    /// The pools with another in a place, in a copy of those that this has.
    @SuppressWarnings("ReferenceEquality") // a pool that is the same is the same object
    private List<PoolState> replaced(List<PoolState> now, int place, PoolState pool) {
        if (pool == pools.get(place)) return now;
        List<PoolState> replaced = now == pools ? new ArrayList<>(pools) : now;
        replaced.set(place, pool);
        return replaced;
    }

    /// Whether the fleet holds the same true of all endpoints in some regions as in another state
    /// of the service, of which this one was made, or that of this.
    @SuppressWarnings("ReferenceEquality") // what is the same is the same object
    public boolean isMeasuredAs(ServiceState other, List<RegionId> regions) {
        for (RegionId region : regions)
            if (pool(region).endpoints() != other.pool(region).endpoints()) return false;
        return true;
    }

    public List<PoolState> pools(RecordType type) {
        return pools.stream().filter(pool -> pool.has(type)).toList();
    }

    /// The pool in a region.
    ///
    /// @throws IllegalArgumentException if there is none
    public PoolState pool(RegionId region) {
        for (PoolState pool : pools) {
            if (pool.pool().region().equals(region)) return pool;
        }
        throw new IllegalArgumentException(service.id() + " has no pool in " + region);
    }

    /// Whether a pool takes no clients while others can: drained, waiting, or down and not held.
    public boolean isOut(PoolState pool, RecordType type) {
        if (pool.drained() || pool.waits(type).isPresent()) return true;
        return pool.health(type) == Health.DOWN
                && !Guard.held(this, type).contains(pool.pool().region());
    }

    /// Hardly any is on its way back: then nothing is made.
    private static Map<RecordType, Return> returns(
            Pool pool, BiFunction<RegionId, RecordType, Optional<Return>> returns) {
        Map<RecordType, Return> found = Map.of();
        for (Endpoint endpoint : pool.endpoints()) {
            RecordType type = endpoint.destination().type();
            Optional<Return> one = returns.apply(pool.region(), type);
            if (one.isEmpty()) continue;
            if (found.isEmpty()) found = new HashMap<>();
            found.put(type, one.get());
        }
        return Map.copyOf(found);
    }

    private static List<PoolState.Measured> measured(
            Pool pool, Function<Endpoint, Optional<Verdict>> verdicts) {
        var measured = new ArrayList<PoolState.Measured>(pool.endpoints().size());
        for (Endpoint endpoint : pool.endpoints())
            measured.add(new PoolState.Measured(endpoint, verdicts.apply(endpoint)));
        return List.copyOf(measured);
    }
}
