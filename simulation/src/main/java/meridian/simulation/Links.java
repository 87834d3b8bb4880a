package meridian.simulation;

import java.util.ArrayList;
import java.util.List;
import meridian.cluster.Topic;
import meridian.simulation.Fault.Cut;
import meridian.simulation.Fault.Disorder;
import meridian.simulation.Fault.Doubling;
import meridian.simulation.Fault.Loss;
import meridian.topology.RegionId;

/// The links between the machines: each message takes its time to each other machine, or is lost.
/// On a link in order, none overtakes another.
final class Links {

    /// One way, within a region and between regions.
    private static final int NEAR_MILLIS = 1;

    private static final int FAR_MILLIS = 20;
    private static final int FARTHEST_MILLIS = 120;

    private final Scenario scenario;
    private final Agenda agenda;
    private final List<Machine> machines;
    private final Chance chance;
    private final long[][] delays;
    private final long[][] lastArrivals;
    private final List<Cut> cuts = new ArrayList<>();
    private final List<Loss> losses = new ArrayList<>();
    private final List<Doubling> doublings = new ArrayList<>();
    private final List<Disorder> disorders = new ArrayList<>();

    Links(Scenario scenario, Agenda agenda, List<Machine> machines) {
        this.scenario = scenario;
        this.agenda = agenda;
        this.machines = machines;
        this.chance = Chance.of(scenario.seed(), 3);
        int size = scenario.nodes().size();
        this.lastArrivals = new long[size][size];
        this.delays = new long[size][size];
        for (int one = 0; one < size; one++) {
            for (int other = 0; other < one; other++) {
                delays[one][other] = delay(one, other) * Times.MILLI;
                delays[other][one] = delays[one][other];
            }
        }
    }

    void cut(Cut fault, boolean begins) {
        boolean _ = begins ? cuts.add(fault) : cuts.remove(fault);
    }

    void loss(Loss fault, boolean begins) {
        boolean _ = begins ? losses.add(fault) : losses.remove(fault);
    }

    void doubling(Doubling fault, boolean begins) {
        boolean _ = begins ? doublings.add(fault) : doublings.remove(fault);
    }

    void disorder(Disorder fault, boolean begins) {
        boolean _ = begins ? disorders.add(fault) : disorders.remove(fault);
    }

    /// Where a process on `machine` joins the others.
    Topic end(Machine machine) {
        return new End(machine);
    }

    private void send(int from, byte[] message) {
        for (int to = 0; to < machines.size(); to++) {
            if (to == from || isCut(from, to)) continue;
            if (isLost()) continue;
            deliver(from, to, message);
            if (isDoubled()) deliver(from, to, message);
        }
    }

    private boolean isLost() {
        for (Loss loss : losses) if (chance.happens(loss.percent())) return true;
        return false;
    }

    private boolean isDoubled() {
        for (Doubling doubling : doublings) if (chance.happens(doubling.percent())) return true;
        return false;
    }

    private void deliver(int from, int to, byte[] message) {
        long arrival = agenda.now() + delays[from][to] + chance.below(1_000) * 1_000L;
        if (disorders.isEmpty()) arrival = Math.max(arrival, lastArrivals[from][to]);
        for (Disorder disorder : disorders)
            arrival += chance.next() % disorder.most() / 2 + disorder.most() / 2;
        lastArrivals[from][to] = Math.max(arrival, lastArrivals[from][to]);
        Machine receiver = machines.get(to);
        agenda.at(arrival, () -> receiver.receive(message, scenario.node(from).name()));
    }

    /// Whether nothing gets through, that way.
    boolean isCut(int from, int to) {
        for (Cut cut : cuts) {
            if (cut.from().contains(from) && cut.to().contains(to)) return true;
            if (cut.both() && cut.from().contains(to) && cut.to().contains(from)) return true;
        }
        return false;
    }

    private int delay(int one, int other) {
        RegionId home = scenario.nodes().get(one).region();
        if (home.equals(scenario.nodes().get(other).region())) return NEAR_MILLIS;
        return chance.between(FAR_MILLIS, FARTHEST_MILLIS);
    }

    /// One machine's end of all its links.
    private final class End implements Topic {

        private final Machine machine;

        private End(Machine machine) {
            this.machine = machine;
        }

        @Override
        public void send(byte[] message) {
            Links.this.send(machine.index(), message);
        }

        @Override
        public void onMessage(Listener listener) {
            machine.hears(listener);
        }

        @Override
        public Membership membership() {
            return new Membership(machines.size(), machines.size(), "simulated");
        }

        @Override
        public void close() {
            // A process that ends is gone; nothing is left to close.
        }
    }
}
