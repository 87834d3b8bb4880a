package meridian.steering;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
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
        return new ServiceState(
                service,
                service.pools().stream()
                        .map(
                                pool ->
                                        new PoolState(
                                                pool,
                                                capacity(topology, pool.region()),
                                                isStandby(topology, pool.region()),
                                                wishes.apply(pool.region()),
                                                measured(pool, verdicts),
                                                returns(pool, returns)))
                        .toList());
    }

    public List<PoolState> pools(RecordType type) {
        return pools.stream().filter(pool -> pool.has(type)).toList();
    }

    private static int capacity(Topology topology, RegionId region) {
        return topology.region(region).map(Region::capacity).orElse(1);
    }

    /// Whether a pool takes no clients while others can: drained, waiting, or down and not held.
    public boolean isOut(PoolState pool, RecordType type) {
        if (pool.drained() || pool.waits(type).isPresent()) return true;
        return pool.health(type) == Health.DOWN
                && !Guard.held(this, type).contains(pool.pool().region());
    }

    private static Map<RecordType, Return> returns(
            Pool pool, BiFunction<RegionId, RecordType, Optional<Return>> returns) {
        var found = new HashMap<RecordType, Return>();
        pool.endpoints().stream()
                .map(endpoint -> endpoint.destination().type())
                .distinct()
                .forEach(
                        type ->
                                returns.apply(pool.region(), type)
                                        .ifPresent(one -> found.put(type, one)));
        return found;
    }

    private static boolean isStandby(Topology topology, RegionId region) {
        return topology.region(region).map(Region::standby).orElse(false);
    }

    private static List<PoolState.Measured> measured(
            Pool pool, Function<Endpoint, Optional<Verdict>> verdicts) {
        return pool.endpoints().stream()
                .map(endpoint -> new PoolState.Measured(endpoint, verdicts.apply(endpoint)))
                .toList();
    }
}
