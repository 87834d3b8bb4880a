package meridian.steering;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import meridian.health.Health;
import meridian.health.Verdict;
import meridian.health.WatchKey;
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

    /// What is never probed counts as up since ever.
    private static final Verdict UNWATCHED =
            new Verdict(Health.UP, new Stamp(HybridTime.ZERO, new NodeId("0")));

    public ServiceState {
        pools = List.copyOf(pools);
    }

    /// Puts a service together with what is measured and wanted.
    ///
    /// @param verdicts what the fleet holds true of a watched endpoint
    /// @param drained whether a region is drained for this service
    public static ServiceState of(
            Service service,
            Topology topology,
            Function<WatchKey, Optional<Verdict>> verdicts,
            Predicate<RegionId> drained) {
        return new ServiceState(
                service,
                service.pools().stream()
                        .map(
                                pool ->
                                        new PoolState(
                                                pool,
                                                topology.region(pool.region())
                                                        .map(Region::standby)
                                                        .orElse(false),
                                                drained.test(pool.region()),
                                                measured(service, pool, verdicts)))
                        .toList());
    }

    public List<PoolState> pools(RecordType type) {
        return pools.stream().filter(pool -> pool.has(type)).toList();
    }

    private static List<PoolState.Measured> measured(
            Service service, Pool pool, Function<WatchKey, Optional<Verdict>> verdicts) {
        return pool.endpoints().stream()
                .map(
                        endpoint ->
                                new PoolState.Measured(
                                        endpoint, verdict(service, endpoint, verdicts)))
                .toList();
    }

    private static Optional<Verdict> verdict(
            Service service, Endpoint endpoint, Function<WatchKey, Optional<Verdict>> verdicts) {
        Optional<WatchKey> key =
                service.monitor().flatMap(monitor -> WatchKey.of(endpoint, monitor));
        return key.isEmpty() ? Optional.of(UNWATCHED) : key.flatMap(verdicts);
    }
}
