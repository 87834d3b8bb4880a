package meridian.steering;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
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
    /// @param drained whether a region is drained for this service
    public static ServiceState of(
            Service service,
            Topology topology,
            Function<Endpoint, Optional<Verdict>> verdicts,
            Predicate<RegionId> drained) {
        return new ServiceState(
                service,
                service.pools().stream()
                        .map(
                                pool ->
                                        new PoolState(
                                                pool,
                                                isStandby(topology, pool.region()),
                                                drained.test(pool.region()),
                                                measured(pool, verdicts)))
                        .toList());
    }

    public List<PoolState> pools(RecordType type) {
        return pools.stream().filter(pool -> pool.has(type)).toList();
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
