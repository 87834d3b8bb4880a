package meridian.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import meridian.health.Health;
import meridian.health.Opinion;
import meridian.health.Quorum;
import meridian.health.Report;
import meridian.health.Tally;
import meridian.health.Tally.Ballot;
import meridian.health.Trie;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.topology.NodeId;
import meridian.topology.RegionId;
import org.jspecify.annotations.Nullable;

/// Whether verdicts turn by votes that were cast and are fresh. When a report came to a node it
/// notes by itself; how old it was then, it cannot know: so a vote is surely stale, or maybe fresh.
final class Votes {

    /// What messages may take altogether, on top of how long a vote is fresh: the slowest link, and
    /// a node that passes on.
    private static final long UNDER_WAY = 8 * Times.SECOND;

    /// A report that is passed on is at most so old.
    private static final long PASSED_ON = 4 * Times.SECOND;

    /// The number of a report, and the monotonic clock's reading when it was first seen.
    private record Seen(long incarnation, long sequence, long at) {}

    private final Scenario scenario;
    private final Agenda agenda;
    private final Eyes eyes;
    private final Disturbances disturbances;
    private final Inspector.Complaints complaints;

    /// Verdicts on these are no matter of votes: [Latches] looks at them.
    private final Set<WatchKey> returns;

    private final Map<NodeId, Integer> indices = new HashMap<>();
    private final Map<NodeId, Map<NodeId, Seen>> seen = new HashMap<>();
    private final Map<NodeId, Trie<NodeId, Ballot>> looked = new HashMap<>();

    /// By node and target, since when no vote for down was surely fresh and one for up maybe.
    private final long[][] calmSince;

    Votes(
            Scenario scenario,
            Agenda agenda,
            Eyes eyes,
            Disturbances disturbances,
            Inspector.Complaints complaints) {
        this.scenario = scenario;
        this.agenda = agenda;
        this.eyes = eyes;
        this.disturbances = disturbances;
        this.complaints = complaints;
        this.returns = Latches.keys(scenario);
        for (int i = 0; i < scenario.nodes().size(); i++) indices.put(scenario.node(i), i);
        calmSince = new long[scenario.nodes().size()][scenario.targets().size()];
    }

    void started(SimulatedNode process) {
        seen.put(process.self(), new HashMap<>());
        looked.put(process.self(), Trie.empty());
        Arrays.fill(calmSince[process.machine().index()], Eyes.NEVER);
    }

    /// Takes note of what is new.
    void heard(SimulatedNode process) {
        Map<NodeId, Seen> its = its(process);
        Trie<NodeId, Ballot> ballots = process.ledger().tally().ballots();
        Trie<NodeId, Ballot> before = looked.getOrDefault(process.self(), Trie.empty());
        looked.put(process.self(), ballots);
        for (NodeId vantage : ballots.differences(before)) {
            ballots.find(vantage)
                    .ifPresent(ballot -> note(its, vantage, ballot.report(), process.nanos()));
        }
    }

    private static void note(Map<NodeId, Seen> its, NodeId vantage, Report report, long now) {
        Seen last = its.get(vantage);
        if (last == null
                || last.incarnation() != report.incarnation()
                || last.sequence() != report.sequence())
            its.put(vantage, new Seen(report.incarnation(), report.sequence(), now));
    }

    /// For how long a node has had nothing newer of a vantage.
    long age(SimulatedNode process, NodeId vantage) {
        Seen last = its(process).get(vantage);
        return last == null ? Long.MAX_VALUE : process.nanos() - last.at();
    }

    private Map<NodeId, Seen> its(SimulatedNode process) {
        return seen.computeIfAbsent(process.self(), _ -> new HashMap<>());
    }

    void counted(SimulatedNode process, Tally before, Tally after) {
        List<WatchKey> news = after.verdicts().differences(before.verdicts());
        // Large fleets are looked at for less than release-after.
        boolean isReleasing = releaseAfter(process) < scenario.length();
        if (news.isEmpty() && !isReleasing) return;
        List<Elector> electors = electors(process, before);
        if (isReleasing) noteCalm(process, electors);
        for (WatchKey key : news) {
            Verdict verdict = after.verdicts().get(key);
            if (verdict != null) turned(process, before, electors, key, verdict);
        }
    }

    private void turned(
            SimulatedNode process,
            Tally before,
            List<Elector> electors,
            WatchKey key,
            Verdict after) {
        Verdict last = before.verdicts().get(key);
        if (last != null && last.health() == after.health()) return;
        if (returns.contains(key)) return;
        if (process.ledger().intents().freeze(process.wall()).isPresent())
            complaints.broken(
                    Invariant.FROZEN, process.self() + " turns " + key + " to " + after.health());
        int target = eyes.position(key);
        if (target < 0) {
            complaints.broken(
                    Invariant.QUORUM,
                    process.self() + " has a verdict on " + key + ": nobody watches it");
            return;
        }
        Set<NodeId> voters = voters(electors, target, after.health());
        if (isQuorum(process.electorate(), voters)) return;
        if (after.health() == Health.UP && isReleased(process, electors, target)) return;
        complaints.broken(
                Invariant.QUORUM,
                process.self()
                        + " takes "
                        + scenario.target(target)
                        + " for "
                        + after.health()
                        + "; fresh votes for that are of "
                        + voters);
    }

    /// More than half of all vantages, and from two regions if there are two.
    static boolean isQuorum(Quorum quorum, Set<NodeId> voters) {
        if (2 * voters.size() <= quorum.vantages().size()) return false;
        var theirs = new HashSet<RegionId>();
        for (NodeId voter : voters) theirs.add(quorum.vantages().get(voter));
        return theirs.size() > 1 || Set.copyOf(quorum.vantages().values()).size() == 1;
    }

    /// Who may have voted so, as far as this node can have heard.
    private Set<NodeId> voters(List<Elector> electors, int target, Health health) {
        var voters = new HashSet<NodeId>();
        for (Elector elector : electors) {
            if (mayVote(elector, target, health)) voters.add(elector.vantage());
        }
        return voters;
    }

    /// A vantage that counts, as a node has heard of it.
    ///
    /// @param isFresh whether its report may be fresh, and does not abstain
    /// @param isSurelyFresh whether it is, even if it was passed on
    /// @param since when it can have been said, at the earliest, what the node may count now
    private record Elector(
            NodeId vantage,
            int index,
            boolean isFresh,
            boolean isSurelyFresh,
            long since,
            Map<WatchKey, Opinion> opinions) {}

    private List<Elector> electors(SimulatedNode process, Tally tally) {
        long freshFor = process.serving().topology().agreement().freshFor().toNanos();
        long since = agenda.now() - freshFor - UNDER_WAY - disturbances.stoodStill();
        var electors = new ArrayList<Elector>();
        for (NodeId vantage : process.electorate().vantages().keySet()) {
            long age = age(process, vantage);
            electors.add(
                    new Elector(
                            vantage,
                            indices.getOrDefault(vantage, -1),
                            age <= freshFor && !abstains(tally.ballots().get(vantage)),
                            age <= freshFor - PASSED_ON,
                            since,
                            opinions(tally.ballots().get(vantage))));
        }
        return electors;
    }

    private static Map<WatchKey, Opinion> opinions(Tally.@Nullable Ballot ballot) {
        return ballot == null || abstains(ballot) ? Map.of() : ballot.report().opinions();
    }

    private static boolean abstains(Tally.@Nullable Ballot ballot) {
        return ballot != null && ballot.report().abstains();
    }

    private boolean mayVote(Elector elector, int target, Health health) {
        return elector.isFresh()
                && eyes.lastSaid(elector.index(), target, health) >= elector.since();
    }

    private static long releaseAfter(SimulatedNode process) {
        return process.serving().topology().agreement().releaseAfter().toNanos();
    }

    private void noteCalm(SimulatedNode process, List<Elector> electors) {
        long[] its = calmSince[process.machine().index()];
        for (int target : process.settings().watched()) {
            if (!isCalm(electors, target)) its[target] = Eyes.NEVER;
            else if (its[target] == Eyes.NEVER) its[target] = process.nanos();
        }
    }

    private boolean isCalm(List<Elector> electors, int target) {
        boolean anyUp = false;
        for (Elector elector : electors) {
            if (isSurelyDown(elector, target)) return false;
            anyUp = anyUp || mayVote(elector, target, Health.UP);
        }
        return anyUp;
    }

    private boolean isSurelyDown(Elector elector, int target) {
        if (!elector.isSurelyFresh() || !mayVote(elector, target, Health.DOWN)) return false;
        Opinion opinion = elector.opinions().get(scenario.target(target).key());
        return opinion != null && opinion.health() == Health.DOWN;
    }

    private boolean isReleased(SimulatedNode process, List<Elector> electors, int target) {
        long since = calmSince[process.machine().index()][target];
        return isCalm(electors, target)
                && since != Eyes.NEVER
                && process.nanos() - since >= releaseAfter(process);
    }
}
