package meridian.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import meridian.cluster.Topic;
import meridian.topology.Node;

/// One machine of the fleet: what outlives the process on it, and whether that one may run now.
final class Machine {

    private final int index;
    private final Node node;
    private final Agenda agenda;
    private final Clocks clocks;
    private final Disk disk = new Disk();
    private final List<Runnable> held = new ArrayList<>();
    private Optional<SimulatedNode> process = Optional.empty();
    private Optional<Topic.Listener> ears = Optional.empty();
    private Scenario.Settings settings;

    /// How many processes have ended on it: what one of them had still to do is not done.
    private int lives;

    private final List<Fault.Pause> pauses = new ArrayList<>();

    Machine(int index, Scenario scenario, Agenda agenda) {
        this.index = index;
        this.node = scenario.nodes().get(index);
        this.agenda = agenda;
        this.clocks = new Clocks(agenda, index);
        this.settings = scenario.first();
    }

    int index() {
        return index;
    }

    Node node() {
        return node;
    }

    Clocks clocks() {
        return clocks;
    }

    Disk disk() {
        return disk;
    }

    /// The configuration in its files.
    Scenario.Settings settings() {
        return settings;
    }

    void configure(Scenario.Settings next) {
        settings = next;
    }

    /// The process on it, unless it is dead.
    Optional<SimulatedNode> process() {
        return process;
    }

    /// The process on it, if it can do anything now.
    Optional<SimulatedNode> running() {
        return process.filter(_ -> pauses.isEmpty());
    }

    /// This process is on it now. Its listener may have been named already, but nothing was heard.
    void runs(SimulatedNode started) {
        process = Optional.of(started);
    }

    void hears(Topic.Listener listener) {
        ears = Optional.of(listener);
    }

    void kill() {
        lives++;
        process = Optional.empty();
        ears = Optional.empty();
        held.clear();
        List.copyOf(pauses).forEach(this::end);
    }

    void pause(Fault.Pause fault) {
        if (process.isEmpty()) return;
        pauses.add(fault);
        if (fault.clockStops()) clocks.stop();
    }

    /// What was due in the meantime is done now.
    void resume(Fault.Pause fault) {
        if (!pauses.contains(fault)) return;
        end(fault);
        if (!pauses.isEmpty()) return;
        var due = List.copyOf(held);
        held.clear();
        due.forEach(Runnable::run);
    }

    private void end(Fault.Pause fault) {
        pauses.remove(fault);
        if (fault.clockStops()) clocks.goOn();
    }

    void receive(byte[] message, String from) {
        ears.ifPresent(listener -> run(lives, () -> listener.heard(message, from)));
    }

    /// Does something in `nanos`, if the process that is on it now is still there then.
    void in(long nanos, Runnable task) {
        int life = lives;
        agenda.in(Math.max(0, nanos), () -> run(life, task));
    }

    /// Lets the process on it do something, which ends it where the power is cut meanwhile.
    void alive(Runnable task) {
        try {
            task.run();
        } catch (Disk.Outage _) {
            kill();
        }
    }

    private void run(int life, Runnable task) {
        if (life != lives) return;
        if (pauses.isEmpty()) alive(task);
        else held.add(() -> run(life, task));
    }
}
