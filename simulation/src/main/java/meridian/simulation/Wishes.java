package meridian.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import meridian.intent.Entry;
import meridian.intent.Intents;
import meridian.topology.NodeId;

/// What operators were told is kept, and whose disks hold it.
final class Wishes {

    /// For so long one may be said to hold what it lost with its disk: until its silence is
    /// noticed, by a node that may have stood still.
    private static final long REMEMBERED = 40 * Times.SECOND;

    private final Agenda agenda;
    private final List<Machine> machines;
    private final Map<NodeId, Machine> byNode = new HashMap<>();
    private final Inspector.Complaints complaints;
    private final Map<String, Wish> wishes = new HashMap<>();
    private final Map<NodeId, Long> lost = new HashMap<>();
    private long last;

    /// The newest that was acknowledged of one intent.
    private record Wish(Entry entry, Set<NodeId> disks) {}

    Wishes(Agenda agenda, List<Machine> machines, Inspector.Complaints complaints) {
        this.agenda = agenda;
        this.machines = machines;
        for (Machine machine : machines) byNode.put(machine.node().id(), machine);
        this.complaints = complaints;
    }

    /// When an operator was last told that something is kept.
    long last() {
        return last;
    }

    void acknowledged(SimulatedNode process, Entry entry) {
        last = agenda.now();
        Wish before = wishes.get(entry.intent().id());
        Entry newest = before == null ? entry : newest(before.entry(), entry);
        var disks = new HashSet<NodeId>();
        if (newest.equals(entry)) disks.add(process.self());
        wishes.put(entry.intent().id(), new Wish(newest, disks));
        machines.forEach(this::saved);
    }

    /// Ended is newer than standing: an operator can only end what he has seen.
    private static Entry newest(Entry one, Entry other) {
        return one.ending().isPresent() ? one : other;
    }

    void saved(Machine machine) {
        if (wishes.isEmpty()) return;
        Intents onDisk = machine.disk().newest().intents();
        for (Wish wish : wishes.values()) {
            if (holds(onDisk, wish.entry())) wish.disks().add(machine.node().id());
        }
    }

    void lostDisk(Machine machine) {
        lost.put(machine.node().id(), agenda.now());
        wishes.values().forEach(wish -> wish.disks().remove(machine.node().id()));
        saved(machine);
    }

    void started(SimulatedNode process) {
        look(process);
    }

    /// Whose disk held it must know it, and whoever is said to hold it must.
    void look(SimulatedNode process) {
        Intents known = process.ledger().intents();
        for (Wish wish : wishes.values()) {
            if (wish.disks().contains(process.self()) && !holds(known, wish.entry())) {
                lost(process, wish);
                return;
            }
            for (NodeId holder : process.ledger().holders(wish.entry().intent().id()))
                checkHolder(process, holder, wish.entry().intent().id());
        }
    }

    private void lost(SimulatedNode process, Wish wish) {
        complaints.broken(
                Invariant.INTENT_KEPT,
                process.self()
                        + " does not know that intent "
                        + wish.entry().intent().id()
                        + (wish.entry().ending().isPresent() ? " was ended" : " stands")
                        + "; its disk held that");
    }

    private void checkHolder(SimulatedNode process, NodeId holder, String id) {
        Entry here = process.ledger().intents().entries().get(id);
        if (here == null) return;
        Optional<Machine> there = Optional.ofNullable(byNode.get(holder));
        boolean holds =
                there.map(machine -> holds(machine.disk().newest().intents(), here)).orElse(false);
        if (agenda.now() - lost.getOrDefault(holder, Eyes.NEVER) < REMEMBERED) return;
        if (holds || there.filter(machine -> machine.process().isPresent()).isEmpty()) return;
        complaints.broken(
                Invariant.HOLDERS,
                process.self()
                        + " says that "
                        + holder
                        + " holds intent "
                        + id
                        + "; its disk does not");
    }

    private static boolean holds(Intents intents, Entry wanted) {
        Entry held = intents.entries().get(wanted.intent().id());
        return held != null && (wanted.ending().isEmpty() || held.ending().isPresent());
    }
}
