package meridian.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import meridian.cluster.HybridClock;
import meridian.dns.ready.Edition;
import meridian.dns.ready.Moment;
import meridian.dns.ready.Serving;
import meridian.dns.ready.SnapshotKeeper;
import meridian.health.Tally;
import meridian.intent.Confirmation;
import meridian.intent.Entry;
import meridian.intent.Intents;
import meridian.intent.Origin;
import meridian.intent.Scope;
import meridian.steering.Breach;
import meridian.steering.Guard.HeldRemoval;
import meridian.steering.ServiceState;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.GuardLimits;
import meridian.topology.GuardLimits.Bounds;
import meridian.topology.NodeId;
import meridian.topology.Region;
import meridian.topology.RegionId;
import meridian.topology.Service;
import meridian.topology.ServiceId;
import meridian.topology.Topology;

/// Mistakes in what the guard holds and forbids.
final class WrongGuards {

    private static final Stamp LAST =
            new Stamp(new HybridTime(250_000_000_000_000L, 0), new NodeId("planted"));

    private WrongGuards() {}

    static final class Unguarded extends Parts {
        @Override
        public List<Breach> breaches(List<ServiceState> states, RegionId region, Stamp at) {
            return List.of();
        }
    }

    /// The guard is asked by what is answered, and not by what is known.
    static final class AskedBySnapshot extends Parts {
        @Override
        public List<ServiceState> known(
                Edition edition, Tally tally, Intents intents, Instant now) {
            return edition.states();
        }
    }

    /// A configuration that means other limits than it says.
    static final class Misread extends Parts {
        private final UnaryOperator<Region> region;
        private final UnaryOperator<GuardLimits> limits;

        Misread(UnaryOperator<Region> region, UnaryOperator<GuardLimits> limits) {
            this.region = region;
            this.limits = limits;
        }

        @Override
        public Serving understood(Serving read) {
            Topology said = read.topology();
            return Serving.of(
                    Topology.of(
                            said.nodes().values(),
                            said.regions().values().stream().map(region).toList(),
                            said.services().values().stream().map(this::misread).toList(),
                            said.agreement()),
                    List.of(ScenarioDraw.zone()),
                    read.atlas());
        }

        private Service misread(Service said) {
            return new Service(
                    said.id(),
                    said.names(),
                    said.ttl(),
                    said.answers(),
                    said.monitor(),
                    said.pools(),
                    said.policy(),
                    said.allDown(),
                    limits.apply(said.guard()),
                    said.comeback());
        }
    }

    /// Each region counts for as much as any other.
    static Region ofOneSize(Region said) {
        return new Region(said.id(), said.location(), 1, said.standby(), said.cells());
    }

    static GuardLimits withoutCapacity(GuardLimits said) {
        return new GuardLimits(
                said.keepRegions(),
                withoutCapacity(said.drains()),
                withoutCapacity(said.automation()));
    }

    private static Bounds withoutCapacity(Bounds said) {
        return new Bounds(0, said.velocity());
    }

    static GuardLimits onlyDrains(GuardLimits said) {
        return new GuardLimits(said.keepRegions(), said.drains(), Bounds.NONE);
    }

    /// Publishes as if a person had confirmed some of what is held.
    abstract static class LettingGo extends Parts {
        @Override
        public SnapshotKeeper.Step published(
                SnapshotKeeper keeper, Tally counted, Intents intents, Moment now) {
            SnapshotKeeper.Step right = super.published(keeper, counted, intents, now);
            Intents confirmed = intents;
            for (ServiceState state : right.edition().states()) {
                for (HeldRemoval held : super.held(state)) {
                    if (goes(state.service(), held, now))
                        confirmed = confirmed.with(confirmation(state, held, now), LAST);
                }
            }
            return confirmed.equals(intents)
                    ? right
                    : super.published(keeper, counted, confirmed, now);
        }

        abstract boolean goes(Service service, HeldRemoval held, Moment now);

        private static Confirmation confirmation(ServiceState state, HeldRemoval held, Moment now) {
            var origin =
                    new Origin(
                            "planted-" + held.region() + "-" + state.service().id(),
                            "planted",
                            "none",
                            now.wall(),
                            Optional.empty());
            return new Confirmation(
                    origin, new Scope(held.region(), Optional.of(state.service().id())));
        }
    }

    /// Windows end at what the clock on the wall shows now, and not at the stamp of the removal:
    /// what is held for its velocity goes by itself.
    static final class WallWindow extends LettingGo {
        @Override
        boolean goes(Service service, HeldRemoval held, Moment now) {
            long since = now.wall().toEpochMilli() - held.fell().time().millis();
            return held.breaches().stream().allMatch(its -> its.per().isPresent())
                    && service.guard()
                            .automation()
                            .velocity()
                            .filter(velocity -> since >= velocity.per().toMillis())
                            .isPresent();
        }
    }

    /// What is held is told, and counted as serving, and answered by nobody.
    static final class HeldUnanswered extends LettingGo {
        private final Map<ServiceId, List<HeldRemoval>> told = new HashMap<>();

        @Override
        public SnapshotKeeper.Step published(
                SnapshotKeeper keeper, Tally counted, Intents intents, Moment now) {
            told.clear();
            return super.published(keeper, counted, intents, now);
        }

        @Override
        boolean goes(Service service, HeldRemoval held, Moment now) {
            told.computeIfAbsent(service.id(), _ -> new ArrayList<>()).add(held);
            return true;
        }

        @Override
        public List<HeldRemoval> held(ServiceState state) {
            return told.getOrDefault(state.service().id(), List.of());
        }
    }

    /// Drains are let where the clock on the wall of the node that is asked is ahead.
    static final class WallDrains extends Parts {
        private Optional<HybridClock> clock = Optional.empty();

        @Override
        public Stamp stamp(HybridClock its, NodeId self) {
            clock = Optional.of(its);
            return super.stamp(its, self);
        }

        @Override
        public List<Breach> breaches(List<ServiceState> states, RegionId region, Stamp at) {
            return super.breaches(states, region, new Stamp(shown(at), at.node()));
        }

        private HybridTime shown(Stamp at) {
            return clock.map(its -> new HybridTime(its.own().toEpochMilli(), 0)).orElse(at.time());
        }
    }

    /// Hears another word than what was said.
    abstract static class Mishearing extends Parts {
        @Override
        public Tally counted(
                SnapshotKeeper keeper, Serving serving, Intents intents, Moment now, Tally tally) {
            return super.counted(keeper, serving, understood(intents), now, tally);
        }

        @Override
        public SnapshotKeeper.Step published(
                SnapshotKeeper keeper, Tally counted, Intents intents, Moment now) {
            return super.published(keeper, counted, understood(intents), now);
        }

        abstract Intents understood(Intents intents);
    }

    /// A confirmation is about whatever falls while it stands.
    static final class EverConfirmed extends Mishearing {
        @Override
        Intents understood(Intents intents) {
            var entries = new HashMap<>(intents.entries());
            entries.replaceAll(
                    (_, entry) ->
                            entry.intent() instanceof Confirmation
                                    ? new Entry(entry.intent(), entry.ending(), LAST)
                                    : entry);
            return new Intents(entries);
        }
    }

    /// Nobody's word is heard.
    static final class Unconfirmed extends Mishearing {
        @Override
        Intents understood(Intents intents) {
            return without(intents, entry -> entry.intent() instanceof Confirmation);
        }
    }

    /// As if nobody had asked for these.
    static Intents without(Intents intents, Predicate<Entry> unwanted) {
        var entries = new HashMap<>(intents.entries());
        entries.values().removeIf(unwanted);
        return new Intents(entries);
    }
}
