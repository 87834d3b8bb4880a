package meridian.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import meridian.health.Trie;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.intent.Entry;
import meridian.intent.Intents;
import meridian.topology.NodeId;
import meridian.topology.Pool;
import meridian.topology.Service;

/// The pools of services as the inspector sees them from what each node holds: worked out again
/// only where something that they follow from is other than before.
final class Views {

    private final Members members;
    private final Map<NodeId, Seen> seen = new HashMap<>();

    /// The services that a verdict is about.
    private final Map<WatchKey, List<Service>> concerned = new HashMap<>();

    private final IdentityHashMap<Service, Boolean> indexed = new IdentityHashMap<>();

    /// All that the pools of any service follow from.
    ///
    /// @param wall from when until when the same intents stand
    private record Grounds(
            Scenario.Settings settings,
            Trie<WatchKey, Verdict> verdicts,
            Intents intents,
            Span wall) {

        static Grounds of(SimulatedNode process) {
            Intents intents = process.ledger().intents();
            return new Grounds(
                    process.settings(),
                    process.ledger().tally().verdicts(),
                    intents,
                    Span.around(process.wall(), intents));
        }

        /// Whether they are as they were but for the verdicts.
        boolean isStill(SimulatedNode process) {
            return settings.hash().equals(process.settings().hash())
                    && wall.contains(process.wall())
                    && intents.equals(process.ledger().intents());
        }
    }

    /// Between two ends of intents.
    private record Span(Instant from, Instant until) {

        static Span around(Instant now, Intents intents) {
            Instant from = Instant.MIN;
            Instant until = Instant.MAX;
            for (Entry entry : intents.entries().values()) {
                Optional<Instant> end = entry.intent().end();
                if (end.isEmpty()) continue;
                if (now.isBefore(end.get())) until = min(until, end.get());
                else from = from.isAfter(end.get()) ? from : end.get();
            }
            return new Span(from, until);
        }

        private static Instant min(Instant one, Instant other) {
            return one.isBefore(other) ? one : other;
        }

        boolean contains(Instant now) {
            return !now.isBefore(from) && now.isBefore(until);
        }
    }

    private static final class Seen {
        private Grounds grounds;
        private long version;
        private final IdentityHashMap<Service, List<PoolView>> pools = new IdentityHashMap<>();

        Seen(Grounds grounds) {
            this.grounds = grounds;
        }
    }

    Views(Members members) {
        this.members = members;
    }

    /// What a process holds of a service, none of whose pools climbs.
    List<PoolView> of(SimulatedNode process, Service service) {
        index(service);
        return upToDate(process)
                .pools
                .computeIfAbsent(service, _ -> PoolView.of(process, service, members));
    }

    /// How often anything changed of what the pools of its services follow from: as long as this is
    /// the same, so are they.
    long version(SimulatedNode process) {
        return upToDate(process).version;
    }

    private Seen upToDate(SimulatedNode process) {
        Seen its = seen.computeIfAbsent(process.self(), _ -> new Seen(Grounds.of(process)));
        Trie<WatchKey, Verdict> verdicts = process.ledger().tally().verdicts();
        boolean isStill = its.grounds.isStill(process);
        if (isStill && verdicts.equals(its.grounds.verdicts())) return its;
        if (!isStill) its.pools.clear();
        else verdicts.differences(its.grounds.verdicts()).forEach(key -> forget(its, key));
        its.grounds = Grounds.of(process);
        its.version++;
        return its;
    }

    private void forget(Seen its, WatchKey key) {
        concerned.getOrDefault(key, List.of()).forEach(its.pools::remove);
    }

    private void index(Service service) {
        if (indexed.put(service, true) != null) return;
        for (Pool pool : service.pools()) {
            concerns(Latches.key(service, pool.region()), service);
            for (WatchKey key : members.of(pool).keys()) concerns(key, service);
        }
    }

    private void concerns(WatchKey key, Service service) {
        concerned.computeIfAbsent(key, _ -> new ArrayList<>()).add(service);
    }
}
