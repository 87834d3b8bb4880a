package meridian.simulation;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import meridian.health.Health;
import meridian.health.Quorum;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.topology.NodeId;

/// Whether all nodes hold the same, once links and processes have been well for two beats.
final class Agreed {

    /// Two beats, and what the slowest link and a supplement take.
    private static final long TWO_BEATS = 2 * Times.SECOND + 800 * Times.MILLI;

    private final Scenario scenario;
    private final Agenda agenda;
    private final List<Machine> machines;
    private final Sources sources;
    private final List<Integer> vantages;
    private final Inspector.Complaints complaints;

    /// Who knows since when nothing is new.
    record Sources(
            Eyes eyes,
            Votes votes,
            Turns turns,
            Latches latches,
            Wishes wishes,
            Disturbances disturbances) {}

    Agreed(
            Scenario scenario,
            Agenda agenda,
            List<Machine> machines,
            Sources sources,
            Inspector.Complaints complaints) {
        this.scenario = scenario;
        this.agenda = agenda;
        this.machines = machines;
        this.sources = sources;
        this.vantages =
                IntStream.range(0, machines.size())
                        .filter(node -> machines.get(node).node().isVantage())
                        .boxed()
                        .toList();
        this.complaints = complaints;
    }

    void look() {
        if (Math.min(sources.disturbances().calmFor(), agenda.now()) < TWO_BEATS + Times.SECOND)
            return;
        List<SimulatedNode> processes =
                machines.stream().flatMap(machine -> machine.running().stream()).toList();
        if (processes.isEmpty()) return;
        Set<Integer> settled = settled();
        for (SimulatedNode process : processes) {
            checkReports(process, processes);
            checkIntents(process, processes.getFirst());
            checkVerdicts(process, processes.getFirst(), settled);
            if (agenda.now() - sources.latches().lastChange() >= TWO_BEATS)
                sources.latches().compare(process, processes.getFirst());
        }
    }

    private void checkReports(SimulatedNode process, List<SimulatedNode> processes) {
        for (SimulatedNode other : processes) {
            if (other == process || sources.votes().age(process, other.self()) <= TWO_BEATS)
                continue;
            complaints.broken(
                    Invariant.AGREEMENT,
                    process.self()
                            + " has had no report of "
                            + other.self()
                            + " for over two beats");
        }
    }

    private void checkIntents(SimulatedNode process, SimulatedNode first) {
        if (agenda.now() - sources.wishes().last() < TWO_BEATS) return;
        if (process.ledger().intents().equals(first.ledger().intents())) return;
        complaints.broken(
                Invariant.AGREEMENT,
                process.self()
                        + " and "
                        + first.self()
                        + " hold other intents: "
                        + process.ledger().intents().entries().values()
                        + " and "
                        + first.ledger().intents().entries().values());
    }

    private void checkVerdicts(SimulatedNode process, SimulatedNode first, Set<Integer> settled) {
        boolean isFrozen = isFrozen(process);
        for (int target : process.settings().watched()) {
            if (!settled.contains(target)) continue;
            WatchKey key = scenario.target(target).key();
            Optional<Verdict> here = verdict(process, key);
            if (!isFrozen) checkDecided(process, target, here);
            if (!first.settings().watched().contains(target)) continue;
            Optional<Verdict> there = verdict(first, key);
            if (here.equals(there)) continue;
            complaints.broken(
                    Invariant.AGREEMENT,
                    process.self()
                            + " takes "
                            + scenario.target(target)
                            + " for "
                            + here
                            + ", "
                            + first.self()
                            + " for "
                            + there);
        }
    }

    /// It is free again only once a step was taken since.
    private static boolean isFrozen(SimulatedNode process) {
        Instant lately = process.wall().minusNanos(TWO_BEATS);
        return process.ledger().intents().freeze(lately).isPresent();
    }

    private void checkDecided(SimulatedNode process, int target, Optional<Verdict> verdict) {
        for (Health health : List.of(Health.UP, Health.DOWN)) {
            if (verdict.filter(its -> its.health() == health).isPresent()) continue;
            var voters = new HashSet<NodeId>();
            for (int node : vantages) {
                if (says(node, target, health)) voters.add(scenario.node(node));
            }
            if (!isQuorum(process, voters)) continue;
            complaints.broken(
                    Invariant.QUORUM_DECIDES,
                    process.self()
                            + " takes "
                            + scenario.target(target)
                            + " for "
                            + verdict
                            + "; "
                            + voters
                            + " say "
                            + health);
        }
    }

    /// A vantage whose retirement ends counts again once a step was taken since.
    private static boolean isQuorum(SimulatedNode process, Set<NodeId> voters) {
        Instant lately = process.wall().minusNanos(TWO_BEATS);
        return isQuorum(process.electorate(), voters)
                && isQuorum(process.electorate(lately), voters);
    }

    private static boolean isQuorum(Quorum electorate, Set<NodeId> voters) {
        var counted = new HashSet<>(voters);
        counted.retainAll(electorate.vantages().keySet());
        return Votes.isQuorum(electorate, counted);
    }

    private boolean says(int node, int target, Health health) {
        return sources.eyes().said(node, target) == health
                && machines.get(node)
                        .running()
                        .filter(it -> it.settings().watched().contains(target))
                        .isPresent();
    }

    /// Of which no checker has said anything new for two beats, and no verdict turned.
    private Set<Integer> settled() {
        var settled = new HashSet<Integer>();
        for (int target = 0; target < scenario.targets().size(); target++) {
            if (isSettled(target)) settled.add(target);
        }
        return settled;
    }

    private boolean isSettled(int target) {
        if (agenda.now() - sources.turns().lastTurn(target) < TWO_BEATS) return false;
        for (int node : vantages) {
            if (agenda.now() - sources.eyes().saidSince(node, target) < TWO_BEATS) return false;
        }
        return true;
    }

    private static Optional<Verdict> verdict(SimulatedNode process, WatchKey key) {
        Map<WatchKey, Verdict> verdicts = process.ledger().tally().verdicts();
        return Optional.ofNullable(verdicts.get(key));
    }
}
