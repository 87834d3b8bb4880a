package meridian.simulation;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import meridian.health.WatchKey;
import meridian.topology.Endpoint;
import meridian.topology.Pool;

/// The endpoints of pools, and by which key each is watched.
final class Members {

    private final Map<InetAddress, WatchKey> keys;
    private final IdentityHashMap<Pool, OfPool> pools = new IdentityHashMap<>();

    /// @param keys at the positions of their addresses
    /// @param all the addresses
    record OfPool(List<InetAddress> addresses, List<WatchKey> keys, Set<InetAddress> all) {}

    Members(Scenario scenario) {
        this.keys = scenario.keys();
    }

    OfPool of(Pool pool) {
        return pools.computeIfAbsent(pool, this::collect);
    }

    private OfPool collect(Pool pool) {
        var addresses = new ArrayList<InetAddress>();
        var watched = new ArrayList<WatchKey>();
        for (Endpoint endpoint : pool.endpoints()) {
            InetAddress address = endpoint.probed().orElseThrow();
            addresses.add(address);
            watched.add(Objects.requireNonNull(keys.get(address)));
        }
        return new OfPool(addresses, watched, new HashSet<>(addresses));
    }
}
