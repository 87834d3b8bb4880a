package meridian.node;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import meridian.dns.ready.Edition;
import meridian.health.Health;
import meridian.record.RecordType;
import meridian.steering.PoolState;
import meridian.steering.ServiceState;
import meridian.topology.Endpoint;
import meridian.topology.RegionId;
import meridian.topology.ServiceId;
import meridian.topology.Topology;

/// What this process looks out for, and since when: that each endpoint is up once, that each region
/// is answered once. What has happened is not kept: it is whatever is there and not looked out for.
///
/// @param edition the number of the last edition that was looked at
/// @param topology what was there at the last look
/// @param since what has not happened yet, by the monotonic clock, in nanoseconds
record Seen(long edition, Optional<Topology> topology, Map<Event, Long> since) {

    static final Seen NOTHING = new Seen(0, Optional.empty(), Map.of());

    /// Something that happens sooner or later if all is well.
    sealed interface Event {

        ServiceId service();

        RegionId region();

        record Up(ServiceId service, RegionId region, Endpoint endpoint) implements Event {}

        record Answered(ServiceId service, RegionId region) implements Event {}
    }

    Seen {
        since = Map.copyOf(since);
    }

    Seen after(Edition next, long nanos) {
        if (next.number() == edition || isOver(next.serving().topology())) return this;
        var nextSince = new HashMap<Event, Long>();
        for (int i = 0; i < next.states().size(); i++) {
            ServiceState state = next.states().get(i);
            ServiceId service = state.service().id();
            for (PoolState pool : state.pools()) {
                RegionId region = pool.pool().region();
                if (!isAnswered(next, i, region))
                    lookOut(new Event.Answered(service, region), nextSince, nanos);
                for (PoolState.Measured measured : pool.endpoints()) {
                    if (measured.health() != Health.UP)
                        lookOut(
                                new Event.Up(service, region, measured.endpoint()),
                                nextSince,
                                nanos);
                }
            }
        }
        return new Seen(next.number(), Optional.of(next.serving().topology()), nextSince);
    }

    private void lookOut(Event event, Map<Event, Long> nextSince, long nanos) {
        if (!hasHappened(event)) nextSince.put(event, since.getOrDefault(event, nanos));
    }

    private static boolean isAnswered(Edition edition, int index, RegionId region) {
        for (RecordType type : edition.states().get(index).service().types()) {
            if (edition.answered(index, type).contains(region)) return true;
        }
        return false;
    }

    private boolean hasHappened(Event event) {
        return topology.filter(known -> isIn(known, event)).isPresent()
                && !since.containsKey(event);
    }

    private static boolean isIn(Topology topology, Event event) {
        return Optional.ofNullable(topology.services().get(event.service()))
                .flatMap(service -> service.pool(event.region()))
                .filter(
                        pool ->
                                switch (event) {
                                    case Event.Answered _ -> true;
                                    case Event.Up up -> pool.endpoints().contains(up.endpoint());
                                })
                .isPresent();
    }

    /// Whether all has happened that can while the topology is this one.
    @SuppressWarnings("ReferenceEquality") // it is the same object until files are read again
    private boolean isOver(Topology served) {
        return since.isEmpty() && topology.filter(before -> before == served).isPresent();
    }

    /// Whether anything [#isMissing].
    boolean isAnyMissing(long nanos, long grace) {
        return since.values().stream().anyMatch(begun -> nanos - begun >= grace);
    }

    /// Whether it has been looked out for so long, in nanoseconds, and never happened.
    boolean isMissing(Event event, long nanos, long grace) {
        Long begun = since.get(event);
        return begun != null && nanos - begun >= grace;
    }
}
