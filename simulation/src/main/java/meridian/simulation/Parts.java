package meridian.simulation;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import meridian.checker.Watch;
import meridian.checker.Watches;
import meridian.cluster.Directory;
import meridian.cluster.HybridClock;
import meridian.cluster.Sight;
import meridian.cluster.StateStore;
import meridian.cluster.Topic;
import meridian.dns.ready.Edition;
import meridian.dns.ready.Moment;
import meridian.dns.ready.Serving;
import meridian.dns.ready.SnapshotKeeper;
import meridian.health.Opinion;
import meridian.health.ProbeResult;
import meridian.health.Tally;
import meridian.intent.Intents;
import meridian.steering.Breach;
import meridian.steering.Guard;
import meridian.steering.ServiceState;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.NodeId;
import meridian.topology.RegionId;

/// The joints of a simulated node: at each, the real code is called. A test that plants a fault
/// overrides one, so no fault has a place in the real code.
///
/// Each process has parts of its own.
public class Parts {

    /// What the process reads and writes of its disk.
    public Directory files(Directory disk) {
        return disk;
    }

    /// What the process keeps its state on.
    public StateStore store(StateStore disk) {
        return disk;
    }

    /// How it is connected to the others.
    public Topic topic(Topic links) {
        return links;
    }

    /// What its checker tells.
    public Sight sight(Sight checker, Supplier<Serving> serving) {
        return checker;
    }

    /// What the checker thinks after a probe.
    public Watch observed(Watch watch, ProbeResult result, HybridTime time, long now) {
        return watch.observe(result, time, now);
    }

    /// What it says of a watch.
    public Opinion opinion(Watch watch, long now) {
        return watch.opinion(now);
    }

    /// Whether the checker does not trust its own sight, by what it thinks of its references.
    public boolean abstains(Collection<Opinion> references) {
        return Watches.abstains(references);
    }

    /// What is left of it once someone pardoned its endpoint.
    public Watch pardoned(Watch watch) {
        return watch.pardoned();
    }

    /// Counts the votes.
    public Tally counted(
            SnapshotKeeper keeper, Serving serving, Intents intents, Moment now, Tally tally) {
        return keeper.counting(intents, now).apply(tally);
    }

    /// Makes a snapshot.
    public SnapshotKeeper.Step published(
            SnapshotKeeper keeper, Tally counted, Intents intents, Moment now) {
        return keeper.step(counted, intents, now);
    }

    /// What the guard is asked by.
    public List<ServiceState> known(Edition edition, Tally tally, Intents intents, Instant now) {
        return edition.known(tally.verdicts(), intents, now);
    }

    /// Says why a region must not be drained.
    public List<Breach> breaches(List<ServiceState> states, RegionId region, Stamp at) {
        return Guard.breaches(states, region, at);
    }

    /// Tells what is kept in service though health would take it out.
    public List<Guard.HeldRemoval> held(ServiceState state) {
        return Guard.heldRemovals(state, Kind.measured(state.service()));
    }

    /// Stamps what an operator asks for.
    public Stamp stamp(HybridClock clock, NodeId self) {
        return new Stamp(clock.now(), self);
    }

    /// What a configuration that was read means to it.
    public Serving understood(Serving read) {
        return read;
    }

    /// What is served after a configuration was read: the one before, if it cannot be served.
    public Serving configured(Serving running, Supplier<Serving> next) {
        try {
            return understood(next.get());
        } catch (IllegalArgumentException _) {
            return running;
        }
    }
}
