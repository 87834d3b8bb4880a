package meridian.simulation;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import meridian.checker.Watch;
import meridian.cluster.Sight;
import meridian.health.Opinion;
import meridian.health.ProbeResult;
import meridian.health.Trie;
import meridian.health.WatchKey;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.Monitor;
import meridian.topology.SelfTest;
import org.jspecify.annotations.Nullable;

/// The checker of one process: real watches, whose probes end in the [World].
final class Checker implements Sight {

    private static final long FASTEST_PROBE = 2 * Times.MILLI;

    private static final int MANY = 100;

    private final Scenario scenario;
    private final Machine machine;
    private final World world;
    private final Parts parts;
    private final Supplier<HybridTime> stamps;
    private final Inspector inspector;
    private final Runnable turned;
    private final Chance chance;
    private final Map<Integer, Watching> watching = new HashMap<>();
    private final Map<InetSocketAddress, Watching> references = new HashMap<>();
    private Map<InetAddress, Stamp> pardoned = Map.of();

    /// What it said last of all that it watches.
    private Trie<WatchKey, Opinion> said = Trie.empty();

    /// Thousands of probes are made at the same moments, so that what turns is told in one beat.
    private final boolean isMany;

    /// A watch, and when its next probe begins.
    private static final class Watching {
        private final Supplier<ProbeResult> probe;
        private Watch watch;
        private long due;
        private boolean isOver;

        /// What was last said of it.
        private @Nullable Opinion said;

        Watching(Supplier<ProbeResult> probe, Watch watch, long due) {
            this.probe = probe;
            this.watch = watch;
            this.due = due;
        }
    }

    Checker(SimulatedNode process, Simulation simulation, Runnable turned) {
        this.scenario = simulation.scenario();
        this.machine = process.machine();
        this.world = simulation.world();
        this.parts = process.parts();
        this.stamps = process.ledger().clock()::now;
        this.inspector = simulation.inspector();
        this.turned = turned;
        this.isMany = scenario.targets().size() > MANY;
        this.chance = Chance.of(scenario.seed(), 4, machine.index(), machine.clocks().nanos());
    }

    /// Watches what this configuration wants watched; what it shares with the one before goes on.
    void reconfigure(Scenario.Settings settings) {
        endOthers(watching, settings.watched());
        said = Trie.empty();
        watching.values().forEach(its -> its.said = null);
        for (int target : settings.watched()) {
            if (!watching.containsKey(target)) watching.put(target, begin(target));
        }
        SelfTest test = settings.selfTests().get(machine.index());
        endOthers(references, test.references());
        for (InetSocketAddress reference : test.references()) {
            if (!references.containsKey(reference))
                references.put(reference, begin(reference, test));
        }
    }

    private static <T> void endOthers(Map<T, Watching> all, Collection<T> wanted) {
        all.forEach((what, its) -> its.isOver = !wanted.contains(what));
        all.values().removeIf(its -> its.isOver);
    }

    /// Forgets how often the endpoints went down that someone pardoned since the last call.
    void pardon(Map<InetAddress, Stamp> pardons) {
        if (pardons.equals(pardoned)) return;
        watching.forEach(
                (target, its) -> {
                    InetAddress address = scenario.target(target).address();
                    if (!Objects.equals(pardons.get(address), pardoned.get(address)))
                        its.watch = parts.pardoned(its.watch);
                });
        pardoned = pardons;
    }

    @Override
    public Map<WatchKey, Opinion> opinions() {
        long now = machine.clocks().nanos();
        var news = new HashMap<WatchKey, Opinion>();
        watching.forEach(
                (target, its) -> {
                    Opinion opinion = parts.opinion(its.watch, now);
                    if (opinion.equals(its.said)) return;
                    its.said = opinion;
                    news.put(scenario.target(target).key(), opinion);
                });
        said = said.withAll(news.entrySet());
        return said;
    }

    @Override
    public boolean abstains() {
        long now = machine.clocks().nanos();
        return parts.abstains(
                references.values().stream().map(its -> parts.opinion(its.watch, now)).toList());
    }

    private Watching begin(int target) {
        inspector.watches(machine, target);
        return begin(scenario.target(target).monitor(), () -> probe(target));
    }

    private Watching begin(InetSocketAddress reference, SelfTest test) {
        inspector.refersTo(machine, reference);
        return begin(test.monitor(reference), () -> reach(reference, test));
    }

    private Watching begin(Monitor monitor, Supplier<ProbeResult> probe) {
        long now = machine.clocks().nanos();
        Watch watch = Watch.begun(monitor, stamps.get(), now);
        var its = new Watching(probe, watch, watch.firstDue(now, isMany ? 0 : chance.next()));
        awaitResult(its);
        return its;
    }

    private ProbeResult probe(int target) {
        ProbeResult result = world.probe(machine.index(), target);
        inspector.probed(machine, target, result);
        return result;
    }

    private ProbeResult reach(InetSocketAddress reference, SelfTest test) {
        ProbeResult result = world.reach(machine.index(), reference);
        inspector.reached(machine, reference, test, result);
        return result;
    }

    /// A probe is looked at when it ends: what the world shows then is what it saw.
    private void awaitResult(Watching its) {
        long now = machine.clocks().nanos();
        long takes = FASTEST_PROBE + (isMany ? 0 : chance.below(50) * Times.MILLI);
        machine.in(its.due - now + takes, () -> ended(its));
    }

    private void ended(Watching its) {
        if (its.isOver) return;
        long now = machine.clocks().nanos();
        ProbeResult result = its.probe.get();
        Opinion before = parts.opinion(its.watch, now);
        its.watch = parts.observed(its.watch, result, stamps.get(), now);
        its.due = its.watch.nextDue(its.due, now);
        awaitResult(its);
        if (parts.opinion(its.watch, now).health() != before.health()) turned.run();
    }
}
