package meridian.simulation;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import meridian.cluster.SavedState;
import meridian.health.ProbeResult;
import meridian.health.Tally;
import meridian.intent.Entry;
import meridian.steering.Breach;
import meridian.time.Stamp;
import meridian.topology.RegionId;
import meridian.topology.SelfTest;
import meridian.topology.Service;

/// Looks at every step, knows more than any node can, and notes the first [Invariant] that does not
/// hold. What it expects it works out by itself, and not by the code that it looks at.
final class Inspector {

    /// In so many seconds of a hundred, one node is asked something, and why.
    private static final int ASKED_PERCENT = 30;

    private final Agenda agenda;
    private final List<Machine> machines;
    private final Story story;
    private final Chance chance;
    private final Disturbances disturbances;
    private final Eyes eyes;
    private final Outlooks outlooks;
    private final Votes votes;
    private final Turns turns;
    private final Ascents ascents;
    private final Latches latches;
    private final Guards guards;
    private final Answers answers;
    private final Wishes wishes;
    private final Agreed agreed;
    private Optional<Violation> violation = Optional.empty();

    Inspector(Scenario scenario, Agenda agenda, List<Machine> machines, Story story) {
        this.agenda = agenda;
        this.machines = machines;
        this.story = story;
        this.chance = Chance.of(scenario.seed(), 6);
        story.on(agenda);
        disturbances = new Disturbances(agenda);
        eyes = new Eyes(scenario, agenda, this::broken);
        outlooks = new Outlooks(scenario, this::broken);
        votes = new Votes(scenario, agenda, eyes, disturbances, this::broken);
        turns = new Turns(scenario, agenda, eyes, disturbances, story, this::broken);
        var members = new Members(scenario);
        var views = new Views(members);
        ascents = new Ascents(views);
        latches = new Latches(scenario, agenda, views, this::broken);
        guards = new Guards(members, this::broken);
        answers = new Answers(scenario, views, ascents, guards, this::broken);
        wishes = new Wishes(agenda, machines, this::broken);
        agreed =
                new Agreed(
                        scenario,
                        agenda,
                        machines,
                        new Agreed.Sources(eyes, votes, turns, latches, wishes, disturbances),
                        this::broken);
    }

    boolean hasViolation() {
        return violation.isPresent();
    }

    Optional<Violation> violation() {
        return violation;
    }

    /// Looks around once a second from now on.
    void begin() {
        agenda.in(Times.SECOND, this::lookAround);
    }

    void defect(RuntimeException defect) {
        StackTraceElement[] at = defect.getStackTrace();
        broken(Invariant.NO_DEFECT, defect + (at.length == 0 ? "" : " at " + at[0]));
    }

    void happened(Fault fault, boolean begins) {
        disturbances.happened(fault, begins);
    }

    void started(SimulatedNode process) {
        eyes.started(process);
        ascents.started(process);
        answers.started(process);
        latches.started(process);
        votes.started(process);
        turns.started(process);
        wishes.started(process);
    }

    void watches(Machine machine, int target) {
        eyes.watches(machine, target);
    }

    void probed(Machine machine, int target, ProbeResult result) {
        eyes.probed(machine, target, result);
    }

    void refersTo(Machine machine, InetSocketAddress reference) {
        outlooks.refersTo(machine, reference);
    }

    void reached(Machine machine, InetSocketAddress reference, SelfTest test, ProbeResult result) {
        outlooks.reached(machine, reference, test, result);
    }

    /// Before it beats.
    void beats(SimulatedNode process) {
        process.checker().ifPresent(checker -> says(process, checker));
    }

    private void says(SimulatedNode process, Checker checker) {
        boolean abstains = checker.abstains();
        outlooks.says(process, abstains);
        eyes.says(process, checker.opinions(), abstains);
    }

    void heard(SimulatedNode process) {
        votes.heard(process);
    }

    void counted(SimulatedNode process, Tally before, Tally after) {
        votes.heard(process);
        votes.counted(process, before, after);
        latches.counted(before, after);
    }

    /// It holds what it counted, and is about to publish what comes of it.
    void stepped(SimulatedNode process) {
        latches.stepped(process);
        ascents.stepped(process);
    }

    /// A new edition is served.
    void published(SimulatedNode process) {
        turns.published(process);
        answers.published(process);
    }

    /// Whether the guard lets a region be drained.
    void asked(
            SimulatedNode process,
            List<Service> concerned,
            RegionId region,
            Stamp at,
            List<Breach> breaches) {
        guards.asked(process, concerned, region, at, breaches);
    }

    void acknowledged(SimulatedNode process, Entry entry) {
        story.tell(process.self() + " has it on disk as " + entry.intent().id());
        wishes.acknowledged(process, entry);
    }

    void saved(Machine machine) {
        wishes.saved(machine);
    }

    /// A process is about to start from what it found on its disk.
    ///
    /// @param expected the newest state that was there as it was written
    void found(Machine machine, SavedState expected, SavedState found) {
        String who = machine.node().id() + " finds on its disk ";
        if (!machine.disk().keepsItsPromise())
            broken(Invariant.FOUND_AGAIN, who + "less than what was kept there: " + found);
        else if (!found.equals(expected))
            broken(Invariant.FOUND_AGAIN, who + found + "; it has kept " + expected);
    }

    void lostDisk(Machine machine) {
        wishes.lostDisk(machine);
    }

    private void lookAround() {
        for (Machine machine : machines) machine.running().ifPresent(wishes::look);
        if (chance.happens(ASKED_PERCENT))
            chance.oneOf(machines).running().ifPresent(answers::askAnything);
        agreed.look();
        agenda.in(Times.SECOND, this::lookAround);
    }

    private void broken(Invariant invariant, String what) {
        if (violation.isPresent()) return;
        violation = Optional.of(new Violation(invariant, agenda.now(), what));
        story.end("BROKEN " + invariant + ": " + what);
    }

    /// Where an invariant that does not hold is told.
    @FunctionalInterface
    interface Complaints {
        void broken(Invariant invariant, String what);
    }
}
