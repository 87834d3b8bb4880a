package meridian.api;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Predicate;
import meridian.health.Health;
import meridian.record.DomainName;
import meridian.record.RecordType;
import meridian.steering.Candidate;
import meridian.steering.Guard;
import meridian.steering.PoolState;
import meridian.steering.ServiceState;
import meridian.topology.Monitor;
import meridian.topology.RegionId;

/// A service as it is served now.
///
/// @param servingRegions those that answers are taken from: the first line of the order of
///   eligibility that has any; none where `all-down` decides
record ServiceResource(
        String id,
        List<String> names,
        long ttlSeconds,
        int answers,
        Optional<String> monitor,
        int keepRegions,
        List<String> servingRegions,
        List<PoolResource> pools) {

    /// @param drained whether an operator drains it for this service
    record PoolResource(
            String region,
            boolean standby,
            boolean drained,
            int minUpPercent,
            List<ConditionResource> conditions,
            List<EndpointResource> endpoints) {}

    /// What a pool is good for, for one record type.
    ///
    /// @param eligible whether answers may be taken from it, all things considered
    record ConditionResource(
            String type, String health, boolean eligible, boolean held, String condition) {}

    record EndpointResource(
            String address, String type, int weight, Optional<String> cell, String health) {}

    static ServiceResource of(ServiceState state) {
        var service = state.service();
        return new ServiceResource(
                service.id().name(),
                service.names().stream().map(DomainName::toString).toList(),
                service.ttl().toSeconds(),
                service.answers(),
                service.monitor().map(Monitor::name),
                service.guard().keepRegions(),
                serving(state).stream().map(RegionId::name).toList(),
                state.pools().stream().map(pool -> pool(state, pool)).toList());
    }

    /// The regions that any of its types is answered from.
    static SequencedSet<RegionId> serving(ServiceState state) {
        var regions = new LinkedHashSet<RegionId>();
        state.service().types().forEach(type -> regions.addAll(serving(state, type)));
        return regions;
    }

    static Duration longestTtl(List<ServiceState> states) {
        return states.stream()
                .map(state -> state.service().ttl())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private static List<RegionId> serving(ServiceState state, RecordType type) {
        Set<RegionId> held = Guard.held(state, type);
        for (boolean standby : List.of(false, true)) {
            for (Health health : List.of(Health.UP, Health.UNKNOWN)) {
                List<RegionId> regions =
                        regions(
                                state,
                                type,
                                pool ->
                                        pool.standby() == standby
                                                && pool.waits(type).isEmpty()
                                                && health(pool, type, held) == health);
                if (!regions.isEmpty()) return regions;
            }
        }
        return List.of();
    }

    private static List<RegionId> regions(
            ServiceState state, RecordType type, Predicate<PoolState> wanted) {
        return state.pools(type).stream()
                .filter(pool -> !pool.drained())
                .filter(wanted)
                .map(pool -> pool.pool().region())
                .toList();
    }

    private static Health health(PoolState pool, RecordType type, Set<RegionId> held) {
        return held.contains(pool.pool().region()) ? Health.UP : pool.health(type);
    }

    private static PoolResource pool(ServiceState state, PoolState pool) {
        return new PoolResource(
                pool.pool().region().name(),
                pool.standby(),
                pool.drained(),
                pool.pool().minUp(),
                state.service().types().stream()
                        .filter(pool::has)
                        .map(type -> condition(state, pool, type))
                        .toList(),
                pool.endpoints().stream().map(ServiceResource::endpoint).toList());
    }

    private static ConditionResource condition(
            ServiceState state, PoolState pool, RecordType type) {
        Set<RegionId> held = Guard.held(state, type);
        RegionId region = pool.pool().region();
        boolean eligible = !state.isOut(pool, type);
        return new ConditionResource(
                type.toString(),
                HealthResource.word(pool.health(type)),
                eligible,
                held.contains(region),
                new Candidate(region, 0, 1, pool, held.contains(region)).condition(type));
    }

    private static EndpointResource endpoint(PoolState.Measured measured) {
        var endpoint = measured.endpoint();
        return new EndpointResource(
                endpoint.destination().toString(),
                endpoint.destination().type().toString(),
                endpoint.weight(),
                endpoint.cell(),
                HealthResource.word(measured.health()));
    }
}
