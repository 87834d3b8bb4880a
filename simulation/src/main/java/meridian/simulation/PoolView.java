package meridian.simulation;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import meridian.health.Health;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.intent.Drain;
import meridian.intent.Entry;
import meridian.intent.Intents;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.Endpoint;
import meridian.topology.NodeId;
import meridian.topology.Pool;
import meridian.topology.Region;
import meridian.topology.RegionId;
import meridian.topology.Service;
import meridian.topology.Topology;
import org.jspecify.annotations.Nullable;

/// A pool as the inspector sees it, from what a node's ledger holds.
///
/// @param needed how many endpoints must be up or unknown
/// @param downs the stamps by which those that are down went down, the oldest first
/// @param held whether the guard keeps it in service
/// @param waits whether it waits for a person to let it back
/// @param percent of its clients that it has, where it serves: 100 unless it climbs
record PoolView(
        RegionId region,
        boolean standby,
        boolean drained,
        Map<InetAddress, Health> endpoints,
        int needed,
        List<Stamp> downs,
        boolean held,
        boolean waits,
        int percent) {

    private static final Stamp LONG_AGO = new Stamp(HybridTime.ZERO, new NodeId("0"));

    /// What a node holds of a service, none of whose pools climbs.
    static List<PoolView> of(
            SimulatedNode process, Service service, Map<InetAddress, WatchKey> keys) {
        Topology topology = process.settings().serving().topology();
        Map<WatchKey, Verdict> verdicts = process.ledger().tally().verdicts();
        Intents intents = process.ledger().intents();
        Instant now = process.wall();
        var views = new ArrayList<PoolView>();
        for (Pool pool : service.pools()) {
            boolean standby = topology.region(pool.region()).map(Region::standby).orElse(false);
            boolean drained = isDrained(intents, pool.region(), service, now);
            boolean waits =
                    service.comeback().byHand()
                            && isDown(verdicts.get(Latches.key(service, pool.region())));
            views.add(view(pool, standby, drained, verdicts, keys).waiting(waits));
        }
        return withHeld(views, service.guard().keepRegions());
    }

    Health health() {
        int up = count(Health.UP);
        if (up + count(Health.UNKNOWN) < needed) return Health.DOWN;
        return up > 0 ? Health.UP : Health.UNKNOWN;
    }

    /// Whether clients are sent to it, or can be.
    boolean isAble() {
        return !drained && !waits && (health() != Health.DOWN || count(Health.UP) > 0);
    }

    /// The newest fall of any endpoint.
    Stamp lastFall() {
        return downs.isEmpty() ? LONG_AGO : downs.getLast();
    }

    /// Whether it takes no clients while others can.
    boolean isOut() {
        return drained || waits || isLetGo();
    }

    /// Whether it is down, and the guard lets it be.
    boolean isLetGo() {
        return health() == Health.DOWN && !held;
    }

    /// While it climbs.
    PoolView climbing(int step) {
        return new PoolView(region, standby, drained, endpoints, needed, downs, held, waits, step);
    }

    /// The fall that took the pool below what is needed; for one that is down.
    Stamp fell() {
        return downs.get(endpoints.size() - needed);
    }

    Set<InetAddress> serving() {
        for (Health health : List.of(Health.UP, Health.UNKNOWN)) {
            if (count(health) > 0) return with(health);
        }
        return all();
    }

    Set<InetAddress> all() {
        return Set.copyOf(endpoints.keySet());
    }

    private static boolean isDrained(
            Intents intents, RegionId region, Service service, Instant now) {
        for (Entry entry : intents.entries().values()) {
            if (!(entry.intent() instanceof Drain drain) || entry.ending().isPresent()) continue;
            boolean stands = drain.end().map(now::isBefore).orElse(true);
            boolean isMeant = drain.scope().service().map(service.id()::equals).orElse(true);
            if (stands && isMeant && drain.scope().region().equals(region)) return true;
        }
        return false;
    }

    private static PoolView view(
            Pool pool,
            boolean standby,
            boolean drained,
            Map<WatchKey, Verdict> verdicts,
            Map<InetAddress, WatchKey> keys) {
        var endpoints = new LinkedHashMap<InetAddress, Health>();
        var downs = new ArrayList<Stamp>();
        for (Endpoint endpoint : pool.endpoints()) {
            InetAddress address = endpoint.probed().orElseThrow();
            Verdict verdict = verdicts.get(keys.get(address));
            endpoints.put(address, verdict == null ? Health.UNKNOWN : verdict.health());
            if (verdict != null && isDown(verdict)) downs.add(verdict.stamp());
        }
        downs.sort(Comparator.naturalOrder());
        int needed = Math.max(1, (pool.minUp() * endpoints.size() + 99) / 100);
        return new PoolView(
                pool.region(), standby, drained, endpoints, needed, downs, false, false, 100);
    }

    private static boolean isDown(@Nullable Verdict verdict) {
        return verdict != null && verdict.health() == Health.DOWN;
    }

    private PoolView waiting(boolean nowWaits) {
        return new PoolView(
                region, standby, drained, endpoints, needed, downs, held, nowWaits, percent);
    }

    /// Those that fell last are held, while fewer than `keep` can serve.
    private static List<PoolView> withHeld(List<PoolView> views, int keep) {
        long able =
                views.stream()
                        .filter(view -> !view.drained && view.health() != Health.DOWN)
                        .count();
        var partly = new ArrayList<>(views);
        partly.removeIf(
                view -> view.drained || view.health() != Health.DOWN || view.count(Health.UP) == 0);
        partly.sort(
                Comparator.comparing(PoolView::fell).thenComparing(PoolView::region).reversed());
        var held = new HashSet<RegionId>();
        for (int i = 0; i < Math.min(partly.size(), keep - able); i++)
            held.add(partly.get(i).region);
        return views.stream().map(view -> view.held(held.contains(view.region))).toList();
    }

    private PoolView held(boolean nowHeld) {
        return new PoolView(
                region, standby, drained, endpoints, needed, downs, nowHeld, waits, percent);
    }

    private int count(Health health) {
        int count = 0;
        for (Health one : endpoints.values()) if (one == health) count++;
        return count;
    }

    private Set<InetAddress> with(Health health) {
        var found = new HashSet<InetAddress>();
        endpoints.forEach(
                (address, its) -> {
                    if (its == health) found.add(address);
                });
        return found;
    }
}
