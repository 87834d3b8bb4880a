package meridian.simulation;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import meridian.health.Health;
import meridian.health.Quorum;
import meridian.health.Trie;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.topology.NodeId;
import org.jspecify.annotations.Nullable;

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

    /// What was looked at the last time, while all is calm.
    private final Map<SimulatedNode, Look> looked = new HashMap<>();

    private final Map<NodeId, Rules> rules = new HashMap<>();

    /// Whether verdicts stand at a node, and else whose votes count there.
    private record Rules(boolean frozen, Quorum electorate, long since) {}

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
        machines.forEach(machine -> machine.running().ifPresent(this::noteRules));
        if (Math.min(sources.disturbances().calmFor(), agenda.now()) < TWO_BEATS + Times.SECOND) {
            looked.clear();
            return;
        }
        List<SimulatedNode> processes =
                machines.stream().flatMap(machine -> machine.running().stream()).toList();
        if (processes.isEmpty()) return;
        BitSet settled = settled();
        for (SimulatedNode process : processes) {
            checkReports(process, processes);
            checkIntents(process, processes.getFirst());
            checkVerdicts(process, processes.getFirst(), settled);
            if (agenda.now() - sources.latches().lastChange() >= TWO_BEATS)
                sources.latches().compare(process, processes.getFirst());
        }
    }

    /// By the time that it goes by, which moves where most clocks jump.
    private void noteRules(SimulatedNode process) {
        boolean frozen = process.ledger().intents().freeze(process.wall()).isPresent();
        Rules before = rules.get(process.self());
        boolean same =
                before != null
                        && before.frozen() == frozen
                        && before.electorate().equals(process.electorate());
        if (same) return;
        rules.put(process.self(), new Rules(frozen, process.electorate(), agenda.now()));
    }

    /// Who may decide again, or are others, are heeded once a step was taken since.
    private boolean isCounting(SimulatedNode process) {
        Rules its = rules.get(process.self());
        return its != null && !its.frozen() && agenda.now() - its.since() >= TWO_BEATS;
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

    private void checkVerdicts(SimulatedNode process, SimulatedNode first, BitSet settled) {
        Look look =
                new Look(
                        process.ledger().tally().verdicts(),
                        first.ledger().tally().verdicts(),
                        process.electorate(),
                        isCounting(process),
                        settled);
        Look before = looked.put(process, look);
        for (int target : look.news(before, sources.eyes()::position).stream().toArray()) {
            if (!process.settings().watched().contains(target)) continue;
            Optional<Verdict> here = verdict(look.here(), target);
            if (look.isCounting()) checkDecided(process, target, here);
            if (first.settings().watched().contains(target))
                checkSame(process, here, first, verdict(look.first(), target), target);
        }
    }

    /// All that the verdicts of a node are held against; what votes say of a settled target does
    /// not change while it is settled, nor does what is watched while all is calm.
    ///
    /// @param here the node's verdicts
    /// @param first those of the node that it is compared with
    /// @param settled targets, by position
    private record Look(
            Trie<WatchKey, Verdict> here,
            Trie<WatchKey, Verdict> first,
            Quorum electorate,
            boolean isCounting,
            BitSet settled) {

        /// The settled targets on which there is anything new since `before`.
        BitSet news(@Nullable Look before, ToIntFunction<WatchKey> positions) {
            if (before == null || !isOfTheSame(before)) return settled;
            var old = (BitSet) before.settled.clone();
            turned(before)
                    .map(positions::applyAsInt)
                    .filter(position -> position >= 0)
                    .forEach(old::clear);
            var news = (BitSet) settled.clone();
            news.andNot(old);
            return news;
        }

        private Stream<WatchKey> turned(Look before) {
            return Stream.concat(
                    here.differences(before.here).stream(),
                    first.differences(before.first).stream());
        }

        private boolean isOfTheSame(Look before) {
            return electorate.equals(before.electorate) && isCounting == before.isCounting;
        }
    }

    private void checkSame(
            SimulatedNode process,
            Optional<Verdict> here,
            SimulatedNode first,
            Optional<Verdict> there,
            int target) {
        if (here.equals(there)) return;
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

    private void checkDecided(SimulatedNode process, int target, Optional<Verdict> verdict) {
        for (Health health : List.of(Health.UP, Health.DOWN)) {
            if (verdict.isPresent() && verdict.get().health() == health) continue;
            Set<NodeId> voters = voters(target, health);
            if (voters.isEmpty() || !isQuorum(process.electorate(), voters)) continue;
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

    private Set<NodeId> voters(int target, Health health) {
        var voters = new TreeSet<NodeId>();
        for (int node : vantages) {
            if (says(node, target, health)) voters.add(scenario.node(node));
        }
        return voters;
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
    private BitSet settled() {
        var settled = new BitSet();
        for (int target = 0; target < scenario.targets().size(); target++) {
            if (isSettled(target)) settled.set(target);
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

    private Optional<Verdict> verdict(Trie<WatchKey, Verdict> verdicts, int target) {
        return verdicts.find(scenario.target(target).key());
    }
}
