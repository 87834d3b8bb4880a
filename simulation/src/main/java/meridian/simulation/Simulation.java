package meridian.simulation;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import meridian.cluster.MessageCodec;
import meridian.cluster.OpenedOnce;
import meridian.dns.ready.Compiled;

/// One run: a fleet of real parts, and what happens to it. It depends on nothing but the scenario
/// and the schedule of faults, so it can be had again.
final class Simulation {

    private static final long BETWEEN_STARTS = 37 * Times.MILLI;

    private final Scenario scenario;
    private final Supplier<Parts> makeParts;
    private final Story story;
    private final Agenda agenda = new Agenda();
    private final List<Machine> machines;
    private final World world;
    private final Links links;
    private final Inspector inspector;
    private final Common common = new Common();
    private final MessageCodec codec = new OpenedOnce(SimulatedNode.KEYS, common::shared);
    private final Compiled compiled = new Compiled();

    private Simulation(Scenario scenario, Supplier<Parts> makeParts, Story story) {
        this.scenario = scenario;
        this.makeParts = makeParts;
        this.story = story;
        this.machines =
                IntStream.range(0, scenario.nodes().size())
                        .mapToObj(index -> new Machine(index, scenario, agenda))
                        .toList();
        this.links = new Links(scenario, agenda, machines);
        this.world = new World(scenario, agenda, machines, links);
        this.inspector = new Inspector(scenario, agenda, machines, story);
    }

    /// Runs a scenario under a schedule.
    ///
    /// @param parts makes the parts of each process
    /// @return the first invariant that did not hold
    static Optional<Violation> run(
            Scenario scenario, List<Fault> schedule, Supplier<Parts> parts, Story story) {
        return new Simulation(scenario, parts, story).run(schedule);
    }

    private Optional<Violation> run(List<Fault> schedule) {
        for (Machine machine : machines)
            agenda.at(machine.index() * BETWEEN_STARTS, () -> start(machine));
        var effects = new Effects(this);
        for (Fault fault : schedule) effects.plan(fault);
        inspector.begin();
        try {
            agenda.runUntil(scenario.length(), inspector::hasViolation);
        } catch (RuntimeException defect) {
            inspector.defect(defect);
        }
        return inspector.violation();
    }

    /// Starts the process of a machine, unless it lives. One whose disk takes nothing, or whose
    /// power is cut, does not start; whoever looks after it tries again.
    void start(Machine machine) {
        if (machine.process().isPresent()) return;
        try {
            var _ = new SimulatedNode(machine, this);
            story.tell(machine.node().id() + " has started");
        } catch (IOException | Disk.Outage e) {
            machine.kill();
            agenda.in(Times.SECOND, () -> start(machine));
        }
    }

    Scenario scenario() {
        return scenario;
    }

    Agenda agenda() {
        return agenda;
    }

    Machine machine(int index) {
        return machines.get(index);
    }

    List<Machine> machines() {
        return machines;
    }

    World world() {
        return world;
    }

    Links links() {
        return links;
    }

    Inspector inspector() {
        return inspector;
    }

    /// What the nodes have made ready to be answered.
    Compiled compiled() {
        return compiled;
    }

    /// What the nodes have counted.
    Common common() {
        return common;
    }

    /// How the nodes read and write their messages.
    MessageCodec codec() {
        return codec;
    }

    Story story() {
        return story;
    }

    /// Those of one more process.
    Parts parts() {
        return makeParts.get();
    }
}
