package meridian.checker;

import java.net.InetAddress;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import meridian.checker.probe.Probe;
import meridian.health.Health;
import meridian.health.Opinion;
import meridian.health.WatchKey;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.Monitor;
import meridian.topology.SelfTest;
import meridian.topology.Topology;

/// One vantage's watches: one virtual thread for each thing that the topology wants watched.
///
/// It holds opinions, never verdicts, and tells nobody by itself: whoever publishes them asks for
/// [#opinions], at once when [#onTurn] says so and otherwise now and then, since an opinion also
/// lapses without an event when its own probes stall.
public final class Watches implements AutoCloseable {

    private final BiFunction<InetAddress, Monitor, Probe> probes;
    private final RandomGenerator chance;
    private final Ledger ledger = new Ledger();
    private final Watcher.Surroundings around;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Notice>> readers = new CopyOnWriteArrayList<>();
    private volatile Map<WatchKey, Watcher> watchers = Map.of();
    private volatile Map<WatchKey, Watcher> references = Map.of();
    private Map<InetAddress, Stamp> pardoned = Map.of();

    /// @param probes makes the probe of an address under a monitor
    /// @param stamps a new reading of this node's hybrid clock at each call
    /// @param chance draws where in its interval a watch begins
    public Watches(
            BiFunction<InetAddress, Monitor, Probe> probes,
            Pauses pauses,
            Supplier<HybridTime> stamps,
            RandomGenerator chance) {
        this.probes = probes;
        this.chance = chance;
        var log = new WatchLog(Watcher.LOG, pauses.now());
        this.around =
                new Watcher.Surroundings(pauses, stamps, ledger, log, this::turned, this::noticed);
    }

    /// Watches what this topology wants watched: what it shares with the one before goes on
    /// undisturbed, what is new begins, and what is gone ends now, with the attempt under way.
    public void reconfigure(Topology topology) {
        reconfigure(topology, SelfTest.OFF);
    }

    /// The same, and tests itself by this.
    public synchronized void reconfigure(Topology topology, SelfTest selfTest) {
        watchers = replaced(watchers, Target.in(topology));
        references = replaced(references, Target.in(selfTest));
    }

    /// What this vantage thinks of everything it watches, as of now.
    public Map<WatchKey, Opinion> opinions() {
        var opinions = new HashMap<WatchKey, Opinion>();
        watchers.forEach((key, watcher) -> opinions.put(key, watcher.opinion()));
        return Map.copyOf(opinions);
    }

    /// Whether this vantage does not trust its own sight: of the references of its self-test none
    /// answers, and one at least is known not to. One that could not be asked, for lack of a route
    /// or because the checker stood still, says nothing either way.
    public boolean abstains() {
        return abstains(references.values().stream().map(Watcher::opinion).toList());
    }

    /// The same, for a vantage that thinks this of its references.
    public static boolean abstains(Collection<Opinion> references) {
        var healths = EnumSet.noneOf(Health.class);
        references.forEach(reference -> healths.add(reference.health()));
        return healths.contains(Health.DOWN) && !healths.contains(Health.UP);
    }

    /// Runs `listener` after any opinion's health turned, on the thread of that watch: it should
    /// only take note. [#opinions] then has the new one. A reference of the self-test that turned
    /// is told too: then [#abstains] may be another.
    public void onTurn(Runnable listener) {
        listeners.add(listener);
    }

    /// Hands each notice to `reader`, on the thread of its watch: it should only take note.
    public void onNotice(Consumer<Notice> reader) {
        readers.add(reader);
    }

    /// Forgets how often the endpoints went down that someone pardoned since the last call.
    ///
    /// @param pardons the last of each address
    public synchronized void pardon(Map<InetAddress, Stamp> pardons) {
        var news = new HashMap<>(pardons);
        news.entrySet().removeAll(pardoned.entrySet());
        news.keySet()
                .forEach(address -> watchers.values().forEach(watcher -> watcher.pardon(address)));
        pardoned = Map.copyOf(pardons);
    }

    /// How many endpoints would be up, had they not gone down so often.
    public int heldOut() {
        return (int) watchers.values().stream().filter(Watcher::isHeldOut).count();
    }

    public Counts counts() {
        return ledger.counts(watchers.size());
    }

    @Override
    public synchronized void close() {
        watchers = replaced(watchers, Map.of());
        references = replaced(references, Map.of());
    }

    private Map<WatchKey, Watcher> replaced(
            Map<WatchKey, Watcher> before, Map<WatchKey, Target> targets) {
        var after = new HashMap<WatchKey, Watcher>();
        targets.forEach(
                (key, target) -> {
                    Watcher kept = before.get(key);
                    after.put(key, kept == null ? begun(target) : kept);
                });
        before.forEach((key, watcher) -> stopUnless(after.containsKey(key), watcher));
        after.forEach((key, watcher) -> startUnless(before.containsKey(key), watcher));
        return Map.copyOf(after);
    }

    private Watcher begun(Target target) {
        Probe probe = probes.apply(target.address(), target.monitor());
        return new Watcher(target, probe, chance.nextLong(), around);
    }

    private static void stopUnless(boolean stays, Watcher watcher) {
        if (!stays) watcher.stop();
    }

    private static void startUnless(boolean ran, Watcher watcher) {
        if (!ran) watcher.start();
    }

    private void turned() {
        listeners.forEach(Runnable::run);
    }

    private void noticed(Notice notice) {
        readers.forEach(reader -> reader.accept(notice));
    }
}
