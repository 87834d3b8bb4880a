package meridian.simulation;

import java.util.List;
import java.util.function.Supplier;
import meridian.dns.ready.Serving;

/// Lets the faults of a schedule begin and end.
final class Effects {

    private final Simulation simulation;
    private final Agenda agenda;
    private final World world;
    private final Links links;
    private final Operator operator;

    Effects(Simulation simulation) {
        this.simulation = simulation;
        this.agenda = simulation.agenda();
        this.world = simulation.world();
        this.links = simulation.links();
        this.operator = new Operator(simulation);
    }

    void plan(Fault fault) {
        agenda.at(fault.at(), () -> happen(fault, true));
        if (fault.until() > fault.at()) agenda.at(fault.until(), () -> happen(fault, false));
    }

    private void happen(Fault fault, boolean begins) {
        if (begins) simulation.story().tell(fault.story(simulation.scenario()));
        apply(fault, begins);
        simulation.inspector().happened(fault, begins);
    }

    private void apply(Fault fault, boolean begins) {
        switch (fault) {
            case Fault.EndpointDown it -> world.endpoint(it.endpoint(), begins);
            case Fault.RegionDown it -> world.region(it.region(), begins);
            case Fault.BadRelease it -> world.firstOfRegion(it.region(), begins);
            case Fault.Flapping it -> world.flapping(it, begins);
            case Fault.Lie it -> world.lie(it, begins);
            case Fault.NoProbes it -> world.noProbes(it.node(), begins);
            case Fault.NoNetwork it -> world.noNetwork(it.node(), begins);
            case Fault.Cut it -> links.cut(it, begins);
            case Fault.Loss it -> links.loss(it, begins);
            case Fault.Doubling it -> links.doubling(it, begins);
            case Fault.Disorder it -> links.disorder(it, begins);
            case Fault.Crash it -> crash(it, begins);
            case Fault.PowerCut it -> cutPower(it, begins);
            case Fault.FleetRestart _ ->
                    simulation.machines().forEach(machine -> stopOrStart(machine, begins));
            case Fault.Pause it -> pause(it, begins);
            case Fault.ClockJump it -> simulation.machine(it.node()).clocks().jump(it.millis());
            case Fault.FullDisk it -> simulation.machine(it.node()).disk().fill(begins);
            case Fault.DrainBegun it -> operator.drain(it);
            case Fault.DrainEnded it -> operator.undrain(it);
            case Fault.Retired it -> operator.retire(it);
            case Fault.FailedBack it -> operator.failBack(it);
            case Fault.Confirmed it -> operator.confirm(it);
            case Fault.Pardoned it -> operator.pardon(it);
            case Fault.FreezeBegun it -> operator.freeze(it);
            case Fault.NewConfiguration it -> configure(it);
        }
    }

    private void crash(Fault.Crash crash, boolean begins) {
        Machine machine = simulation.machine(crash.node());
        stopOrStart(machine, begins);
        if (!begins || crash.fate() == Disk.Fate.KEPT) return;
        machine.disk().suffer(crash.fate(), crash.draw());
        simulation.inspector().lostDisk(machine);
    }

    private void cutPower(Fault.PowerCut cut, boolean begins) {
        Machine machine = simulation.machine(cut.node());
        if (begins) machine.disk().cutAfter(cut.steps(), Chance.of(cut.draw()));
        else machine.disk().cutNoMore();
        if (!begins) simulation.start(machine);
    }

    private void stopOrStart(Machine machine, boolean stops) {
        if (stops) machine.kill();
        else simulation.start(machine);
    }

    private void pause(Fault.Pause pause, boolean begins) {
        Machine machine = simulation.machine(pause.node());
        if (begins) machine.pause(pause);
        else machine.resume(pause);
    }

    private void configure(Fault.NewConfiguration change) {
        Scenario scenario = simulation.scenario();
        for (int node : List.copyOf(change.to())) {
            Machine machine = simulation.machine(node);
            if (!change.bad()) machine.configure(scenario.next());
            Scenario.Settings settings = machine.settings();
            Supplier<Serving> read = change.bad() ? scenario.bad() : settings::serving;
            machine.running().ifPresent(process -> process.reconfigure(settings, read));
        }
    }
}
