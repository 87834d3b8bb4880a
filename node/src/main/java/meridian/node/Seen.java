package meridian.node;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import meridian.dns.ready.Edition;
import meridian.health.Health;
import meridian.record.RecordType;
import meridian.steering.PoolState;
import meridian.steering.ServiceState;
import meridian.topology.Endpoint;
import meridian.topology.RegionId;
import meridian.topology.ServiceId;

/// What this process has seen happen at least once, and since when it looks out for the rest: that
/// an endpoint was up, that a region was answered.
///
/// @param edition the number of the last edition that was looked at
/// @param since by the monotonic clock, in nanoseconds
/// @param happened what need not be looked out for any more
record Seen(long edition, Map<Event, Long> since, Set<Event> happened) {

    static final Seen NOTHING = new Seen(0, Map.of(), Set.of());

    /// Something that happens sooner or later if all is well.
    sealed interface Event {

        record Up(ServiceId service, RegionId region, Endpoint endpoint) implements Event {}

        record Answered(ServiceId service, RegionId region) implements Event {}
    }

    Seen {
        since = Map.copyOf(since);
        happened = Set.copyOf(happened);
    }

    Seen after(Edition next, long nanos) {
        if (next.number() == edition) return this;
        var nextSince = new HashMap<Event, Long>();
        var nextHappened = new HashSet<Event>();
        for (int i = 0; i < next.states().size(); i++) {
            Map<Event, Boolean> now = events(next, i);
            now.forEach(
                    (event, happens) -> {
                        nextSince.put(event, since.getOrDefault(event, nanos));
                        if (happens || happened.contains(event)) nextHappened.add(event);
                    });
        }
        return new Seen(next.number(), nextSince, nextHappened);
    }

    /// Whether it has been looked out for so long, in nanoseconds, and never happened.
    boolean isMissing(Event event, long nanos, long grace) {
        Long begun = since.get(event);
        return begun != null && !happened.contains(event) && nanos - begun >= grace;
    }

    /// Whether each event that concerns a service happens in this edition.
    private static Map<Event, Boolean> events(Edition edition, int index) {
        ServiceState state = edition.states().get(index);
        ServiceId service = state.service().id();
        var answered = new HashSet<RegionId>();
        for (RecordType type : state.service().types())
            answered.addAll(edition.answered(index, type));
        var events = new HashMap<Event, Boolean>();
        for (PoolState pool : state.pools()) {
            RegionId region = pool.pool().region();
            events.put(new Event.Answered(service, region), answered.contains(region));
            for (PoolState.Measured measured : pool.endpoints()) {
                events.put(
                        new Event.Up(service, region, measured.endpoint()),
                        measured.health() == Health.UP);
            }
        }
        return events;
    }
}
