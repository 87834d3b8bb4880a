package meridian.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Draws what goes wrong in a scenario, and when.
final class ScheduleDraw {

    private static final long HOUR_MILLIS = 3_600_000;

    private final Scenario scenario;
    private final Chance chance;
    private final List<Integer> nodes;

    /// As long, a fleet that starts is left alone; and at the end, so that it can heal.
    private final long calm;

    private ScheduleDraw(Scenario scenario) {
        this.scenario = scenario;
        this.chance = Chance.of(scenario.seed(), 2);
        this.calm = Math.min(8 * Times.SECOND, scenario.length() / 6);
        this.nodes = IntStream.range(0, scenario.nodes().size()).boxed().toList();
    }

    static List<Fault> of(Scenario scenario) {
        var draw = new ScheduleDraw(scenario);
        var faults = new ArrayList<Fault>();
        draw.skews().forEach(faults::add);
        int count = draw.chance.between(4, 24);
        for (int i = 0; i < count; i++) faults.addAll(draw.faults());
        faults.sort(Comparator.comparingLong(Fault::at));
        return List.copyOf(faults);
    }

    /// Clocks that were wrong before the run began.
    private List<Fault> skews() {
        return nodes.stream()
                .filter(_ -> chance.happens(30))
                .<Fault>map(node -> new Fault.ClockJump(0, node, jump()))
                .toList();
    }

    private List<Fault> faults() {
        long at = calm + part(scenario.length() - 3 * calm);
        return chance.oneOf(KINDS).apply(this).at(at);
    }

    /// What goes wrong, once it is said when.
    private interface Kind {
        List<Fault> at(long at);
    }

    private static final List<Function<ScheduleDraw, Kind>> KINDS =
            List.of(
                    ScheduleDraw::endpointDown,
                    ScheduleDraw::endpointDown,
                    ScheduleDraw::endpointDown,
                    ScheduleDraw::flapping,
                    ScheduleDraw::flapping,
                    ScheduleDraw::regionDown,
                    ScheduleDraw::regionDown,
                    ScheduleDraw::badRelease,
                    ScheduleDraw::badRelease,
                    ScheduleDraw::cut,
                    ScheduleDraw::cut,
                    ScheduleDraw::cut,
                    ScheduleDraw::loss,
                    ScheduleDraw::doubling,
                    ScheduleDraw::disorder,
                    ScheduleDraw::crash,
                    ScheduleDraw::crash,
                    ScheduleDraw::powerCut,
                    ScheduleDraw::powerCut,
                    ScheduleDraw::fleetRestart,
                    ScheduleDraw::pause,
                    ScheduleDraw::clockJump,
                    ScheduleDraw::lie,
                    ScheduleDraw::lie,
                    ScheduleDraw::noProbes,
                    ScheduleDraw::noNetwork,
                    ScheduleDraw::noNetwork,
                    ScheduleDraw::fullDisk,
                    ScheduleDraw::drainBegun,
                    ScheduleDraw::drainBegun,
                    ScheduleDraw::drainBegun,
                    ScheduleDraw::script,
                    ScheduleDraw::script,
                    ScheduleDraw::drainEnded,
                    ScheduleDraw::drainEnded,
                    ScheduleDraw::failedBack,
                    ScheduleDraw::failedBack,
                    ScheduleDraw::confirmed,
                    ScheduleDraw::pardoned,
                    ScheduleDraw::retired,
                    ScheduleDraw::freezeBegun,
                    ScheduleDraw::newConfiguration);

    private Kind endpointDown() {
        int endpoint = chance.below(scenario.targets().size());
        long lasting = lasting(60);
        return at -> List.of(new Fault.EndpointDown(at, end(at, lasting), endpoint));
    }

    /// Whoever mends it may say so.
    private Kind flapping() {
        int endpoint = chance.below(scenario.targets().size());
        long lasting = lasting(60);
        long period = chance.between(300, 5_000) * Times.MILLI;
        Optional<Integer> pardoner =
                chance.happens(40) ? Optional.of(chance.oneOf(nodes)) : Optional.empty();
        return at -> {
            var faults = new ArrayList<Fault>();
            faults.add(new Fault.Flapping(at, end(at, lasting), endpoint, period));
            pardoner.map(node -> new Fault.Pardoned(end(at, lasting), node, endpoint))
                    .ifPresent(faults::add);
            return faults;
        };
    }

    private Kind regionDown() {
        int region = chance.below(scenario.regions().size());
        long lasting = lasting(60);
        return at -> List.of(new Fault.RegionDown(at, end(at, lasting), region));
    }

    /// It reaches one region after the other. Whoever sees that the guard holds them may confirm,
    /// while more fall.
    private Kind badRelease() {
        long step = chance.between(10, 3_000) * Times.MILLI;
        long lasting = lasting(60);
        List<Integer> order = regions();
        List<Kind> confirmations =
                IntStream.range(0, chance.happens(50) ? chance.between(1, 3) : 0)
                        .mapToObj(_ -> confirmed(5 * Times.SECOND + part(lasting)))
                        .toList();
        return at -> {
            var faults = new ArrayList<Fault>();
            for (int i = 0; i < order.size(); i++) {
                long begins = at + i * step;
                faults.add(new Fault.BadRelease(begins, end(begins, lasting), order.get(i)));
            }
            for (Kind confirmation : confirmations) faults.addAll(confirmation.at(at));
            return faults;
        };
    }

    private Kind confirmed() {
        return confirmed(0);
    }

    private Kind confirmed(long later) {
        int node = chance.oneOf(nodes);
        int region = chance.below(scenario.regions().size());
        int service = chance.happens(50) ? -1 : chance.below(scenario.services().size());
        return at -> List.of(new Fault.Confirmed(at + later, node, region, service));
    }

    private List<Integer> regions() {
        int count = scenario.regions().size();
        return chance.some(IntStream.range(0, count).boxed().toList(), count);
    }

    private Kind cut() {
        Set<Integer> one =
                switch (chance.below(3)) {
                    case 0 -> Set.of(chance.oneOf(nodes));
                    case 1 -> inRegion(chance.below(scenario.regions().size()));
                    default -> Set.copyOf(chance.some(nodes, chance.between(1, nodes.size() - 1)));
                };
        var other = new HashSet<>(without(one));
        if (chance.happens(30) && !other.isEmpty())
            other.retainAll(Set.of(chance.oneOf(List.copyOf(other))));
        boolean both = chance.happens(65);
        long lasting = lasting(50);
        return at -> List.of(new Fault.Cut(at, end(at, lasting), one, Set.copyOf(other), both));
    }

    private Set<Integer> inRegion(int region) {
        var members = new HashSet<Integer>();
        for (int node : nodes) {
            if (scenario.nodes().get(node).region().equals(scenario.region(region)))
                members.add(node);
        }
        return members;
    }

    private Kind loss() {
        int percent = chance.oneOf(List.of(5, 30, 60));
        long lasting = lasting(40);
        return at -> List.of(new Fault.Loss(at, end(at, lasting), percent));
    }

    private Kind doubling() {
        int percent = chance.between(5, 60);
        long lasting = lasting(40);
        return at -> List.of(new Fault.Doubling(at, end(at, lasting), percent));
    }

    private Kind disorder() {
        long most = chance.between(100, 2_500) * Times.MILLI;
        long lasting = lasting(40);
        return at -> List.of(new Fault.Disorder(at, end(at, lasting), most));
    }

    private Kind crash() {
        int node = chance.oneOf(nodes);
        Disk.Fate fate =
                chance.happens(40) ? chance.oneOf(List.of(Disk.Fate.values())) : Disk.Fate.KEPT;
        long draw = chance.next();
        long lasting = lasting(40);
        return at -> List.of(new Fault.Crash(at, end(at, lasting), node, fate, draw));
    }

    private Kind powerCut() {
        int node = chance.oneOf(nodes);
        int steps = chance.below(6);
        long draw = chance.next();
        long lasting = 2 * Times.SECOND + lasting(20);
        return at -> List.of(new Fault.PowerCut(at, end(at, lasting), node, steps, draw));
    }

    private Kind fleetRestart() {
        long lasting = lasting(10);
        return at -> List.of(new Fault.FleetRestart(at, end(at, lasting)));
    }

    private Kind pause() {
        int node = chance.oneOf(nodes);
        boolean clockStops = chance.happens(30);
        long lasting = chance.happens(50) ? 30 * Times.SECOND : lasting(30);
        return at -> List.of(new Fault.Pause(at, end(at, lasting), node, clockStops));
    }

    private Kind clockJump() {
        int node = chance.oneOf(nodes);
        long millis = jump();
        return at -> List.of(new Fault.ClockJump(at, node, millis));
    }

    private Kind lie() {
        int node = chance.oneOf(nodes);
        Fault.Tongue tongue = chance.oneOf(List.of(Fault.Tongue.values()));
        long lasting = lasting(60);
        return at -> List.of(new Fault.Lie(at, end(at, lasting), node, tongue));
    }

    private Kind noProbes() {
        int node = chance.oneOf(nodes);
        long lasting = lasting(40);
        return at -> List.of(new Fault.NoProbes(at, end(at, lasting), node));
    }

    /// Of one checker, or of all in a region; what they tell still passes, or does not.
    private Kind noNetwork() {
        Set<Integer> those =
                chance.happens(50)
                        ? Set.of(chance.oneOf(nodes))
                        : inRegion(chance.below(scenario.regions().size()));
        boolean isCut = chance.happens(30);
        long lasting = lasting(60);
        return at -> {
            var faults = new ArrayList<Fault>();
            for (int node : those) faults.add(new Fault.NoNetwork(at, end(at, lasting), node));
            if (isCut) faults.add(new Fault.Cut(at, end(at, lasting), those, without(those), true));
            return faults;
        };
    }

    private Set<Integer> without(Set<Integer> those) {
        var others = new HashSet<>(nodes);
        others.removeAll(those);
        return Set.copyOf(others);
    }

    private Kind fullDisk() {
        int node = chance.oneOf(nodes);
        long lasting = lasting(40);
        return at -> List.of(new Fault.FullDisk(at, end(at, lasting), node));
    }

    private Kind drainBegun() {
        int node = chance.oneOf(nodes);
        int region = chance.below(scenario.regions().size());
        int services = scenario.first().serving().topology().services().size();
        int service = chance.happens(60) ? -1 : chance.below(services);
        long lasting = chance.happens(30) ? lasting(60) : 0;
        boolean force = chance.happens(30);
        int ender = chance.oneOf(nodes);
        long endedAfter = chance.happens(40) ? Long.MAX_VALUE / 2 : lasting(60);
        return at -> {
            var drain = new Fault.DrainBegun(at, node, region, service, lasting, force);
            long ends = at + endedAfter;
            if (ends > scenario.length() - calm) return List.of(drain);
            return List.of(drain, new Fault.DrainEnded(ends, ender, region));
        };
    }

    /// A script drains one region after the other, faster than anybody looks.
    private Kind script() {
        int node = chance.oneOf(nodes);
        int service = chance.happens(40) ? -1 : chance.below(scenario.services().size());
        long step = chance.oneOf(List.of(0, 1, 500, 5_000)) * Times.MILLI;
        long lasting = lasting(60);
        List<Integer> order = regions();
        return at ->
                IntStream.range(0, order.size())
                        .<Fault>mapToObj(
                                i ->
                                        new Fault.DrainBegun(
                                                at + i * step,
                                                node,
                                                order.get(i),
                                                service,
                                                lasting,
                                                false))
                        .toList();
    }

    private Kind drainEnded() {
        int node = chance.oneOf(nodes);
        int region = chance.below(scenario.regions().size());
        return at -> List.of(new Fault.DrainEnded(at, node, region));
    }

    private Kind failedBack() {
        int node = chance.oneOf(nodes);
        int region = chance.below(scenario.regions().size());
        int service = chance.happens(50) ? -1 : chance.below(scenario.services().size());
        return at -> List.of(new Fault.FailedBack(at, node, region, service));
    }

    private Kind pardoned() {
        int node = chance.oneOf(nodes);
        int endpoint = chance.below(scenario.targets().size());
        return at -> List.of(new Fault.Pardoned(at, node, endpoint));
    }

    private Kind retired() {
        int node = chance.oneOf(nodes);
        int vantage = chance.oneOf(nodes);
        long lasting = lasting(60);
        return at -> List.of(new Fault.Retired(at, node, vantage, lasting));
    }

    private Kind freezeBegun() {
        int node = chance.oneOf(nodes);
        long lasting = lasting(40);
        return at -> List.of(new Fault.FreezeBegun(at, node, lasting));
    }

    private Kind newConfiguration() {
        Set<Integer> to = Set.copyOf(chance.some(nodes, chance.between(1, nodes.size())));
        boolean bad = chance.happens(40);
        return at -> List.of(new Fault.NewConfiguration(at, to, bad));
    }

    private long jump() {
        long most = chance.happens(50) ? HOUR_MILLIS : 5_000;
        return Math.floorMod(chance.next(), 2 * most + 1) - most;
    }

    private long lasting(int mostSeconds) {
        return Times.SECOND / 2 + part(mostSeconds * Times.SECOND);
    }

    private long end(long at, long lasting) {
        return Math.min(at + lasting, scenario.length() - calm);
    }

    private long part(long nanos) {
        return Math.floorMod(chance.next(), Math.max(1, nanos));
    }
}
