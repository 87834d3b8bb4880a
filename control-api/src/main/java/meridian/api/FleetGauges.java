package meridian.api;

import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import meridian.health.Opinion;
import meridian.health.Tally;
import meridian.health.Trie;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.intent.Drain;
import meridian.steering.Breach;
import meridian.steering.Guard;
import meridian.steering.ServiceState;
import meridian.topology.Topology;

/// The state of the fleet as metrics, one row for each thing that exists now; rows of what is gone
/// vanish. They are refreshed when they are read.
final class FleetGauges {

    private final Fleet fleet;
    private final PrometheusMeterRegistry registry;
    private final MultiGauge serving;
    private final MultiGauge endpoints;
    private final MultiGauge votes;
    private final MultiGauge drains;
    private final MultiGauge alarms;
    private final MultiGauge held;
    private final MultiGauge peers;
    private Optional<Shown> shown = Optional.empty();

    /// What the rows of services and endpoints follow from.
    ///
    /// @param voting the opinions that are votes
    private record Shown(
            Topology topology,
            List<ServiceState> states,
            Map<WatchKey, Verdict> verdicts,
            List<Trie<WatchKey, Opinion>> voting) {

        static Shown of(Fleet fleet) {
            Topology topology = fleet.topology();
            Tally tally = fleet.tally();
            return new Shown(
                    topology,
                    fleet.states(),
                    tally.verdicts(),
                    tally.voting(fleet.quorum(), topology.agreement(), fleet.nanos()));
        }
    }

    FleetGauges(Fleet fleet, PrometheusMeterRegistry registry) {
        this.fleet = fleet;
        this.registry = registry;
        serving =
                gauge(
                        "meridian.service.region.serving",
                        "1 where answers of the service are taken from the region, else 0");
        endpoints =
                gauge(
                        "meridian.endpoint.verdict",
                        "What the fleet holds true: 1 up, 0 down, -1 unknown");
        votes =
                gauge(
                        "meridian.endpoint.votes",
                        "How many vantages hold this opinion of the endpoint, freshly");
        drains = gauge("meridian.drain.standing", "1 for each drain that stands");
        alarms = gauge("meridian.alarm", "1 for each alarm and each warning");
        held =
                gauge(
                        "meridian.guard.held",
                        "What letting go a region that the guard holds would come to: regions or"
                                + " percent, as the limit");
        peers = gauge("meridian.peer.age.seconds", "Since the node's last beat; NaN: never heard");
    }

    /// `GET /metrics`, in Prometheus' text format.
    synchronized Reply scrape(Request request) {
        refresh();
        return new Reply(
                200, "text/plain; version=0.0.4; charset=utf-8", registry.scrape(), Map.of());
    }

    /// What may be a hundred thousand rows is made anew only if anything turned.
    private void refresh() {
        Optional<Shown> now = Optional.of(Shown.of(fleet));
        if (!now.equals(shown)) refreshServices();
        shown = now;
        register(
                drains,
                fleet.intents().drains(fleet.now()).stream().map(drain -> row(tags(drain), 1)));
        register(
                alarms,
                fleet.alarms().stream()
                        .map(FleetGauges::tags)
                        .distinct()
                        .map(tags -> row(tags, 1)));
        register(
                peers,
                fleet.peers().stream()
                        .map(
                                peer ->
                                        row(
                                                Tags.of("node", peer.node().name()),
                                                peer.age()
                                                        .map(age -> age.toMillis() / 1000.0)
                                                        .orElse(Double.NaN))));
    }

    private void refreshServices() {
        register(serving, fleet.states().stream().map(ServiceResource::of).flatMap(this::serving));
        List<HealthResource> health = HealthResource.all(fleet.topology(), Sight.of(fleet));
        register(endpoints, health.stream().map(FleetGauges::endpoint));
        register(votes, health.stream().flatMap(FleetGauges::votes));
        register(held, fleet.states().stream().flatMap(FleetGauges::held));
    }

    private Stream<MultiGauge.Row<?>> serving(ServiceResource service) {
        return service.pools().stream()
                .map(
                        pool ->
                                row(
                                        Tags.of("service", service.id(), "region", pool.region()),
                                        service.servingRegions().contains(pool.region()) ? 1 : 0));
    }

    private static MultiGauge.Row<?> endpoint(HealthResource endpoint) {
        return row(
                tags(endpoint),
                switch (endpoint.verdict()) {
                    case "up" -> 1;
                    case "down" -> 0;
                    default -> -1;
                });
    }

    private static Stream<MultiGauge.Row<?>> votes(HealthResource endpoint) {
        return Stream.of("up", "down", "unknown")
                .map(
                        health ->
                                row(
                                        tags(endpoint).and("health", health),
                                        (double)
                                                endpoint.votes().stream()
                                                        .filter(
                                                                vote ->
                                                                        vote.health()
                                                                                .equals(health))
                                                        .count()));
    }

    private static Tags tags(HealthResource endpoint) {
        return Tags.of(
                "service",
                String.join(",", endpoint.services()),
                "region",
                endpoint.region(),
                "endpoint",
                endpoint.address(),
                "monitor",
                endpoint.monitor().orElse(""));
    }

    private static Stream<MultiGauge.Row<?>> held(ServiceState state) {
        return state.service().types().stream()
                .flatMap(type -> Guard.heldRemovals(state, type).stream())
                .flatMap(
                        removal ->
                                removal.breaches().stream()
                                        .map(breach -> row(tags(removal, breach), breach.would())));
    }

    private static Tags tags(Guard.HeldRemoval removal, Breach breach) {
        return Tags.of(
                "service",
                breach.service().name(),
                "type",
                breach.type().toString(),
                "region",
                removal.region().name(),
                "limit",
                breach.limit().key(),
                "allowed",
                Integer.toString(breach.allowed()));
    }

    private static Tags tags(Fleet.Alarm alarm) {
        return Tags.of(
                "severity",
                alarm.severity().word(),
                "kind",
                alarm.kind(),
                "subject",
                alarm.subject());
    }

    private static Tags tags(Drain drain) {
        return Tags.of(
                "id",
                drain.id(),
                "region",
                drain.scope().region().name(),
                "service",
                drain.scope().service().map(service -> service.name()).orElse(""));
    }

    private static MultiGauge.Row<?> row(Tags tags, double value) {
        return MultiGauge.Row.of(tags, value);
    }

    private MultiGauge gauge(String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    private static void register(MultiGauge gauge, Stream<? extends MultiGauge.Row<?>> rows) {
        gauge.register(rows.collect(Collectors.toUnmodifiableList()), true);
    }
}
