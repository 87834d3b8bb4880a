package meridian.simulation;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import meridian.health.Health;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.intent.Confirmation;
import meridian.intent.Drain;
import meridian.intent.Entry;
import meridian.intent.Intents;
import meridian.intent.Scope;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.NodeId;
import meridian.topology.Pool;
import meridian.topology.Region;
import meridian.topology.RegionId;
import meridian.topology.Service;
import meridian.topology.Topology;

/// A pool as the inspector sees it, from what a node's ledger holds.
///
/// @param word what people have to do with it
/// @param all addresses of its endpoints; of those that are not `up` or `unknown` it is that they
///   are down
/// @param needed how many endpoints must be up or unknown
/// @param downs the stamps by which those that are down went down, the oldest first
/// @param held whether the guard keeps it in service
/// @param percent of its clients that it has, where it serves: 100 unless it climbs
record PoolView(
        RegionId region,
        int capacity,
        boolean standby,
        Word word,
        Set<InetAddress> all,
        Set<InetAddress> up,
        Set<InetAddress> unknown,
        int needed,
        List<Stamp> downs,
        boolean held,
        int percent) {

    /// Older than all that happens.
    static final Stamp LONG_AGO = new Stamp(HybridTime.ZERO, new NodeId("0"));

    /// @param drained the stamp of the first drain that stands
    /// @param confirmed that of the last confirmation
    /// @param waits the fall since which it waits for a person to let it back
    private record Word(
            Optional<Stamp> drained, Optional<Stamp> confirmed, Optional<Stamp> waits) {}

    /// What a node holds of a service, none of whose pools climbs.
    static List<PoolView> of(SimulatedNode process, Service service, Members members) {
        Topology topology = process.settings().serving().topology();
        Map<WatchKey, Verdict> verdicts = process.ledger().tally().verdicts();
        Intents intents = process.ledger().intents();
        Instant now = process.wall();
        var views = new ArrayList<PoolView>();
        for (Pool pool : service.pools()) {
            Region region = topology.region(pool.region()).orElseThrow();
            views.add(
                    view(
                            pool,
                            region,
                            word(service, region, verdicts, intents, now),
                            verdicts,
                            members.of(pool)));
        }
        if (views.stream().noneMatch(view -> view.isBelow() && !view.isDead())) return views;
        Set<RegionId> held = new Custody(views, service.guard()).held();
        return views.stream().map(view -> view.held(held.contains(view.region))).toList();
    }

    boolean drained() {
        return word.drained.isPresent();
    }

    Optional<Stamp> drainedSince() {
        return word.drained;
    }

    boolean waits() {
        return word.waits.isPresent();
    }

    Optional<Stamp> waitsSince() {
        return word.waits;
    }

    Health health() {
        if (up.size() + unknown.size() < needed) return Health.DOWN;
        return up.isEmpty() ? Health.UNKNOWN : Health.UP;
    }

    /// Whether fewer endpoints are up or unknown than are needed.
    boolean isBelow() {
        return health() == Health.DOWN;
    }

    boolean isDead() {
        return up.isEmpty();
    }

    /// Whether a person let go, after its fall, what is below.
    boolean isConfirmed() {
        return word.confirmed.filter(until -> fell().compareTo(until) <= 0).isPresent();
    }

    /// The newest fall of any endpoint.
    Stamp lastFall() {
        return downs.isEmpty() ? LONG_AGO : downs.getLast();
    }

    /// Whether it takes no clients while others can.
    boolean isOut() {
        return drained() || waits() || isLetGo();
    }

    /// Whether it is down, and the guard lets it be.
    boolean isLetGo() {
        return isBelow() && !held;
    }

    /// Whether it is known to serve, were it not drained, or waiting.
    boolean isServing() {
        return health() == Health.UP || (isBelow() && held);
    }

    /// While it climbs.
    PoolView climbing(int step) {
        return new PoolView(
                region, capacity, standby, word, all, up, unknown, needed, downs, held, step);
    }

    /// The fall that took the pool below what is needed; for one that is down.
    Stamp fell() {
        return downs.get(all.size() - needed);
    }

    Set<InetAddress> serving() {
        if (!up.isEmpty()) return up;
        return unknown.isEmpty() ? all : unknown;
    }

    private static Word word(
            Service service,
            Region region,
            Map<WatchKey, Verdict> verdicts,
            Intents intents,
            Instant now) {
        var drains = new ArrayList<Stamp>();
        var confirmations = new ArrayList<Stamp>();
        for (Entry entry : intents.entries().values()) {
            if (entry.ending().isPresent() || !entry.intent().end().map(now::isBefore).orElse(true))
                continue;
            if (entry.intent() instanceof Drain drain && isFor(drain.scope(), region, service))
                drains.add(entry.stamp());
            if (entry.intent() instanceof Confirmation it && isFor(it.scope(), region, service))
                confirmations.add(entry.stamp());
        }
        return new Word(
                drains.stream().min(Comparator.naturalOrder()),
                confirmations.stream().max(Comparator.naturalOrder()),
                service.comeback().byHand() ? waits(service, region, verdicts) : Optional.empty());
    }

    private static Optional<Stamp> waits(
            Service service, Region region, Map<WatchKey, Verdict> verdicts) {
        return Optional.ofNullable(verdicts.get(Latches.key(service, region.id())))
                .filter(PoolView::isDown)
                .map(Verdict::stamp);
    }

    private static boolean isFor(Scope scope, Region region, Service service) {
        return scope.region().equals(region.id())
                && scope.service().map(service.id()::equals).orElse(true);
    }

    private static PoolView view(
            Pool pool,
            Region region,
            Word word,
            Map<WatchKey, Verdict> verdicts,
            Members.OfPool members) {
        Set<InetAddress> all = members.all();
        var up = new ArrayList<InetAddress>(all.size());
        var unknown = new ArrayList<InetAddress>();
        var downs = new ArrayList<Stamp>();
        for (int i = 0; i < members.keys().size(); i++) {
            Verdict verdict = verdicts.get(members.keys().get(i));
            if (verdict == null) unknown.add(members.addresses().get(i));
            else if (isDown(verdict)) downs.add(verdict.stamp());
            else up.add(members.addresses().get(i));
        }
        downs.sort(Comparator.naturalOrder());
        return new PoolView(
                pool.region(),
                region.capacity(),
                region.standby(),
                word,
                all,
                some(up, all),
                some(unknown, all),
                Math.max(1, (pool.minUp() * all.size() + 99) / 100),
                List.copyOf(downs),
                false,
                100);
    }

    /// Mostly all are alike.
    private static Set<InetAddress> some(List<InetAddress> some, Set<InetAddress> all) {
        if (some.isEmpty()) return Set.of();
        return some.size() == all.size() ? all : new HashSet<>(some);
    }

    private static boolean isDown(Verdict verdict) {
        return verdict.health() == Health.DOWN;
    }

    private PoolView held(boolean nowHeld) {
        return new PoolView(
                region, capacity, standby, word, all, up, unknown, needed, downs, nowHeld, percent);
    }
}
