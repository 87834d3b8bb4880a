package meridian.api;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import meridian.intent.Drain;
import meridian.intent.Entry;
import meridian.intent.Intents;
import meridian.topology.ServiceId;

/// A drain as the API shows it.
///
/// @param until empty: until it is removed
/// @param ended when someone ended it by hand
/// @param endedBy who did
record DrainResource(
        String id,
        String region,
        Optional<String> service,
        String owner,
        String reason,
        Instant begun,
        Optional<Instant> until,
        boolean forced,
        boolean standing,
        Optional<Instant> ended,
        Optional<String> endedBy) {

    /// @param ended those that are over and not yet forgotten, the last begun first
    record Lists(List<DrainResource> standing, List<DrainResource> ended) {}

    static Lists lists(Intents intents, Instant now) {
        return new Lists(
                intents.drains(now).stream().map(DrainResource::standing).toList(),
                intents.entries().values().stream()
                        .filter(entry -> !entry.standsAt(now))
                        .sorted(
                                Comparator.<Entry, Instant>comparing(
                                                entry -> entry.intent().begun())
                                        .reversed())
                        .flatMap(entry -> ended(entry).stream())
                        .toList());
    }

    static DrainResource standing(Drain drain) {
        return of(drain, Optional.empty(), true);
    }

    static DrainResource ended(Drain drain, String owner, Instant at) {
        return of(drain, Optional.of(new Entry.Ending(owner, at)), false);
    }

    private static Optional<DrainResource> ended(Entry entry) {
        return entry.intent() instanceof Drain drain
                ? Optional.of(of(drain, entry.ending(), false))
                : Optional.empty();
    }

    private static DrainResource of(Drain drain, Optional<Entry.Ending> ending, boolean standing) {
        return new DrainResource(
                drain.id(),
                drain.scope().region().name(),
                drain.scope().service().map(ServiceId::name),
                drain.owner(),
                drain.reason(),
                drain.begun(),
                drain.end(),
                drain.forced(),
                standing,
                ending.map(Entry.Ending::at),
                ending.map(Entry.Ending::owner));
    }
}
