package meridian.steering;

import java.util.List;
import java.util.Optional;
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

    /// Puts a service together with what is measured and wanted.
    ///
    /// @param verdicts what the fleet holds true of an endpoint
    /// @param wishes what operators ask for of this service in a region
    public static ServiceState of(
            Service service,
            Topology topology,
            Function<Endpoint, Optional<Verdict>> verdicts,
            Function<RegionId, Wishes> wishes) {
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
                                                measured(pool, verdicts)))
                        .toList());
    }

    public List<PoolState> pools(RecordType type) {
        return pools.stream().filter(pool -> pool.has(type)).toList();
    }

    private static int capacity(Topology topology, RegionId region) {
        return topology.region(region).map(Region::capacity).orElse(1);
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
