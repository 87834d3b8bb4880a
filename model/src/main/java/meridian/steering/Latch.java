package meridian.steering;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import meridian.health.Health;
import meridian.health.Tally;
import meridian.health.Trie;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.intent.Intents;
import meridian.record.RecordType;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.NodeId;
import meridian.topology.Pool;
import meridian.topology.RegionId;
import meridian.topology.Service;
import meridian.topology.ServiceId;

/// Keeps out a pool that fell until a person lets it back, for services with `failback = manual`.
///
/// What is known of a pool is kept as a verdict on a key of its own; the newer holds. So it is
/// merged, saved and passed on with all other verdicts, and is the same on every node and after a
/// restart.
///
/// | verdict | stamp | it says |
/// |---|---|---|
/// | none | | it was never in service: what is down at a first start has not fallen |
/// | up | older than any other | it was |
/// | down | of the fall | it waits |
/// | up | of who said so | it was let back |
public final class Latch {

    private static final Verdict SERVED =
            new Verdict(Health.UP, new Stamp(HybridTime.ZERO, new NodeId("0")));

    private final ServiceId service;
    private final Map<Way, WatchKey> keys = new HashMap<>();

    private record Way(RegionId region, RecordType type) {}

    /// @param service one that comes back by hand; of another, nothing waits
    public Latch(Service service) {
        this.service = service.id();
        if (!service.comeback().byHand()) return;
        for (RecordType type : service.types()) {
            for (Pool pool : service.pools())
                keys.put(
                        new Way(pool.region(), type),
                        WatchKey.ofReturn(service.id(), pool.region(), type));
        }
    }

    /// The keys under which it is kept what waits.
    public Collection<WatchKey> keys() {
        return keys.values();
    }

    /// The tally with what fell, and what was let back since.
    ///
    /// @param state of the service, made of this tally's verdicts
    public Tally latched(Tally tally, ServiceState state, Intents intents, Instant now) {
        Tally served = tally.merged(served(state));
        Tally fallen = served.merged(falls(served, state, intents, now));
        return fallen.merged(releases(fallen, state, intents));
    }

    /// The fall since which a pool waits, if it does.
    public Optional<Stamp> fall(
            Trie<WatchKey, Verdict> verdicts, RegionId region, RecordType type) {
        return Optional.ofNullable(keys.get(new Way(region, type)))
                .flatMap(verdicts::find)
                .filter(verdict -> verdict.health() == Health.DOWN)
                .map(Verdict::stamp);
    }

    /// What is up, or kept by the guard. What is unknown is answered too, but nobody knows that it
    /// serves: and a node that has lost its disk must not take for a fall what it only hears of.
    private Map<WatchKey, Verdict> served(ServiceState state) {
        var served = new HashMap<WatchKey, Verdict>();
        for (RecordType type : state.service().types()) {
            for (PoolState pool : state.pools(type)) {
                if (pool.health(type) == Health.UP || isHeld(state, pool, type))
                    served.put(key(pool, type), SERVED);
            }
        }
        return served;
    }

    private Map<WatchKey, Verdict> falls(
            Tally tally, ServiceState state, Intents intents, Instant now) {
        var falls = new HashMap<WatchKey, Verdict>();
        for (RecordType type : state.service().types()) {
            for (PoolState pool : state.pools(type)) {
                WatchKey key = key(pool, type);
                Optional<Stamp> health =
                        fell(state, pool, type).filter(_ -> tally.verdicts().containsKey(key));
                Optional<Stamp> drain = intents.endingDrain(pool.pool().region(), service, now);
                Stream.of(health, drain)
                        .flatMap(Optional::stream)
                        .max(Stamp::compareTo)
                        .ifPresent(fall -> falls.put(key, new Verdict(Health.DOWN, fall)));
            }
        }
        return falls;
    }

    /// What the guard keeps in service has not gone out, and must not when it recovers.
    private static Optional<Stamp> fell(ServiceState state, PoolState pool, RecordType type) {
        boolean isDown = pool.health(type) == Health.DOWN && !isHeld(state, pool, type);
        return isDown ? pool.fell(type) : Optional.empty();
    }

    private static boolean isHeld(ServiceState state, PoolState pool, RecordType type) {
        return Guard.held(state, type).contains(pool.pool().region());
    }

    private Map<WatchKey, Verdict> releases(Tally tally, ServiceState state, Intents intents) {
        var releases = new HashMap<WatchKey, Verdict>();
        for (RecordType type : state.service().types()) {
            for (PoolState pool : state.pools(type)) {
                WatchKey key = key(pool, type);
                intents.letBack(pool.pool().region(), service)
                        .filter(_ -> tally.verdicts().containsKey(key))
                        .ifPresent(stamp -> releases.put(key, new Verdict(Health.UP, stamp)));
            }
        }
        return releases;
    }

    private WatchKey key(PoolState pool, RecordType type) {
        return Objects.requireNonNull(keys.get(new Way(pool.pool().region(), type)));
    }
}
