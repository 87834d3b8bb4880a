package meridian.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import meridian.health.Health;
import meridian.health.Tally;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.intent.Drain;
import meridian.intent.Entry;
import meridian.intent.Failback;
import meridian.intent.Intents;
import meridian.intent.Scope;
import meridian.time.Stamp;
import meridian.topology.NodeId;
import meridian.topology.RegionId;
import meridian.topology.Service;
import org.jspecify.annotations.Nullable;

/// Whether regions that come back by hand wait when they should, and only then.
final class Latches {

    private static final long NEVER = -1;

    private final Agenda agenda;
    private final Inspector.Complaints complaints;
    private final Views views;
    private final Map<WatchKey, Way> ways;
    private final Map<NodeId, Map<WatchKey, Verdict>> last = new HashMap<>();
    private final Map<NodeId, Map<WatchKey, Look>> looks = new HashMap<>();

    /// The version of its [Views] at which each was looked at last.
    private final Map<NodeId, Long> lookedAt = new HashMap<>();

    /// What one process has counted and not yet published.
    private final List<Change> changes = new ArrayList<>();

    private long lastChange;

    private record Way(Service service, RegionId region) {
        @Override
        public String toString() {
            return region + " of " + service.id();
        }
    }

    /// All by which it is judged whether a region should wait.
    private record Look(PoolView pool, @Nullable Verdict held, Intents intents) {}

    private record Change(Way way, @Nullable Verdict before, @Nullable Verdict after) {}

    Latches(Scenario scenario, Agenda agenda, Views views, Inspector.Complaints complaints) {
        this.agenda = agenda;
        this.complaints = complaints;
        this.views = views;
        this.ways = ways(scenario);
    }

    /// The key under which a node keeps that a region waits.
    static WatchKey key(Service service, RegionId region) {
        return WatchKey.ofReturn(service.id(), region, Kind.measured(service));
    }

    static Set<WatchKey> keys(Scenario scenario) {
        return ways(scenario).keySet();
    }

    private static Map<WatchKey, Way> ways(Scenario scenario) {
        var ways = new HashMap<WatchKey, Way>();
        for (Service service : scenario.services()) {
            if (!service.comeback().byHand()) continue;
            service.pools()
                    .forEach(
                            pool ->
                                    ways.put(
                                            key(service, pool.region()),
                                            new Way(service, pool.region())));
        }
        return Map.copyOf(ways);
    }

    /// When any node last knew otherwise of any region.
    long lastChange() {
        return lastChange;
    }

    /// What its disk holds, it knows.
    void started(SimulatedNode process) {
        last.remove(process.self());
        lookedAt.remove(process.self());
        Map<WatchKey, Verdict> onDisk = process.machine().disk().newest().verdicts();
        for (var one : ways.entrySet()) {
            Verdict saved = onDisk.get(one.getKey());
            if (saved != null && isOlder(held(process, one.getKey()), saved))
                broken(process, one.getValue(), "forgets what its disk holds: " + saved);
        }
    }

    /// What it changes by itself, and not because another node told it.
    void counted(Tally before, Tally after) {
        if (before.verdicts().equals(after.verdicts())) return;
        for (var one : ways.entrySet()) {
            Verdict was = before.verdicts().get(one.getKey());
            Verdict is = after.verdicts().get(one.getKey());
            if (is == null ? was != null : !is.equals(was))
                changes.add(new Change(one.getValue(), was, is));
        }
    }

    /// It holds what it counted.
    void stepped(SimulatedNode process) {
        if (ways.isEmpty()) return;
        long version = views.version(process);
        if (changes.isEmpty() && version == lookedAt.getOrDefault(process.self(), NEVER)) return;
        lookedAt.put(process.self(), version);
        for (Change change : changes) check(process, change);
        changes.clear();
        note(process);
        Map<WatchKey, Look> its = looks.computeIfAbsent(process.self(), _ -> new HashMap<>());
        for (var one : ways.entrySet()) {
            PoolView pool = view(process, one.getValue());
            var look = new Look(pool, held(process, one.getKey()), process.ledger().intents());
            if (!look.equals(its.put(one.getKey(), look)))
                checkHeld(process, one.getValue(), pool, look.held());
        }
    }

    private void note(SimulatedNode process) {
        var now = new HashMap<WatchKey, Verdict>();
        for (WatchKey key : ways.keySet())
            process.ledger().tally().verdict(key).ifPresent(held -> now.put(key, held));
        if (!now.equals(last.put(process.self(), now))) lastChange = agenda.now();
    }

    private void check(SimulatedNode process, Change change) {
        Verdict after = change.after();
        if (after == null) broken(process, change.way(), "forgets " + change.before());
        else if (change.before() != null && !isOlder(change.before(), after))
            broken(process, change.way(), "goes back from " + change.before() + " to " + after);
        else if (change.before() == null && !isFirst(process, change.way(), after))
            broken(process, change.way(), "takes it for having served: " + after);
        else if (after.health() == Health.DOWN && !isOutSince(process, change.way(), after.stamp()))
            broken(process, change.way(), "lets it wait since " + after.stamp() + " for nothing");
        else if (after.health() == Health.UP
                && !after.stamp().equals(PoolView.LONG_AGO)
                && !word(process, change.way()).equals(Optional.of(after.stamp())))
            broken(process, change.way(), "lets it back with nobody's word");
    }

    /// What a node may say of a region first: that it serves, or that a drain with an end lets it
    /// wait, or that a person ended one.
    private boolean isFirst(SimulatedNode process, Way way, Verdict after) {
        if (after.stamp().equals(PoolView.LONG_AGO))
            return after.health() == Health.UP && view(process, way).isServing();
        return process.ledger().intents().entries().values().stream()
                .anyMatch(
                        entry ->
                                entry.stamp().equals(after.stamp())
                                        && (isEnding(entry, way) || letsBack(entry, way)));
    }

    private boolean isOutSince(SimulatedNode process, Way way, Stamp stamp) {
        PoolView pool = view(process, way);
        if (pool.isLetGo() && pool.fell().equals(stamp)) return true;
        for (Entry entry : process.ledger().intents().entries().values()) {
            if (isEnding(entry, way) && entry.stamp().equals(stamp)) return true;
        }
        return false;
    }

    private static boolean isEnding(Entry entry, Way way) {
        return entry.intent() instanceof Drain drain
                && drain.end().isPresent()
                && entry.ending().isEmpty()
                && covers(drain.scope(), way);
    }

    private void checkHeld(SimulatedNode process, Way way, PoolView pool, @Nullable Verdict held) {
        if (pool.isServing() && held == null) broken(process, way, "forgets that it serves");
        if (pool.isLetGo() && held != null && held.stamp().compareTo(pool.fell()) < 0)
            broken(process, way, "lets it be out since " + pool.fell() + " and not wait: " + held);
        if (held == null || held.health() != Health.DOWN) return;
        word(process, way)
                .filter(word -> word.compareTo(held.stamp()) > 0)
                .ifPresent(word -> broken(process, way, "lets it wait after the word of " + word));
    }

    /// The last word by which clients may come back.
    private static Optional<Stamp> word(SimulatedNode process, Way way) {
        return process.ledger().intents().entries().values().stream()
                .filter(entry -> letsBack(entry, way))
                .map(Entry::stamp)
                .max(Stamp::compareTo);
    }

    private static boolean letsBack(Entry entry, Way way) {
        if (entry.intent() instanceof Failback failback) return covers(failback.scope(), way);
        return entry.intent() instanceof Drain drain
                && entry.ending().isPresent()
                && covers(drain.scope(), way);
    }

    private static boolean covers(Scope scope, Way way) {
        return scope.region().equals(way.region())
                && scope.service().map(way.service().id()::equals).orElse(true);
    }

    private PoolView view(SimulatedNode process, Way way) {
        Service service =
                process.serving()
                        .topology()
                        .services()
                        .getOrDefault(way.service().id(), way.service());
        return views.of(process, service).stream()
                .filter(pool -> pool.region().equals(way.region()))
                .findFirst()
                .orElseThrow();
    }

    private static @Nullable Verdict held(SimulatedNode process, WatchKey key) {
        return process.ledger().tally().verdicts().get(key);
    }

    private static boolean isOlder(@Nullable Verdict one, Verdict other) {
        return one == null || one.stamp().compareTo(other.stamp()) < 0;
    }

    /// Two nodes hold the same.
    void compare(SimulatedNode one, SimulatedNode other) {
        for (var way : ways.entrySet()) {
            Verdict here = held(one, way.getKey());
            Verdict there = held(other, way.getKey());
            if (here == null ? there == null : here.equals(there)) continue;
            complaints.broken(
                    Invariant.AGREEMENT,
                    one.self()
                            + " holds of the return of "
                            + way.getValue()
                            + " "
                            + here
                            + ", "
                            + other.self()
                            + " "
                            + there);
        }
    }

    private void broken(SimulatedNode process, Way way, String what) {
        complaints.broken(Invariant.WAITS, process.self() + ", of " + way + ": " + what);
    }
}
