package meridian.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import meridian.health.Trie;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.topology.NodeId;

/// How often the verdicts turned in what each process publishes.
final class Turns {

    /// The first verdict, and one that came and was outvoted at once.
    private static final int FREE = 4;

    private final Scenario scenario;
    private final Agenda agenda;
    private final Eyes eyes;
    private final Disturbances disturbances;
    private final Story story;
    private final Inspector.Complaints complaints;
    private final int[][] turns;
    private final long[] lastTurn;
    private final Map<NodeId, Trie<WatchKey, Verdict>> last = new HashMap<>();

    Turns(
            Scenario scenario,
            Agenda agenda,
            Eyes eyes,
            Disturbances disturbances,
            Story story,
            Inspector.Complaints complaints) {
        this.scenario = scenario;
        this.agenda = agenda;
        this.eyes = eyes;
        this.disturbances = disturbances;
        this.story = story;
        this.complaints = complaints;
        turns = new int[scenario.nodes().size()][scenario.targets().size()];
        lastTurn = new long[scenario.targets().size()];
    }

    /// When any node last turned its verdict on it.
    long lastTurn(int target) {
        return lastTurn[target];
    }

    void started(SimulatedNode process) {
        last.remove(process.self());
    }

    void published(SimulatedNode process) {
        Trie<WatchKey, Verdict> now = process.edition().verdicts();
        Trie<WatchKey, Verdict> before = last.getOrDefault(process.self(), Trie.empty());
        last.put(process.self(), now);
        var turned = new TreeMap<Integer, Verdict>();
        for (WatchKey key : now.differences(before)) {
            Verdict verdict = now.get(key);
            Verdict earlier = before.get(key);
            if (verdict == null) continue;
            if (earlier == null || earlier.health() != verdict.health())
                turned.put(eyes.position(key), verdict);
        }
        turned.forEach((target, verdict) -> turned(process, target, verdict));
    }

    private void turned(SimulatedNode process, int target, Verdict verdict) {
        if (target < 0) return;
        if (story.isTold())
            story.tell(
                    process.self()
                            + " takes "
                            + scenario.target(target)
                            + " for "
                            + verdict.health());
        lastTurn[target] = agenda.now();
        int count = ++turns[process.machine().index()][target];
        if (count <= bound(process, target)) return;
        complaints.broken(
                Invariant.BOUNDED_TURNS,
                process.self()
                        + " has turned its verdict on "
                        + scenario.target(target)
                        + " "
                        + count
                        + " times; checkers did "
                        + eyes.turns(target)
                        + " times");
    }

    private long bound(SimulatedNode process, int target) {
        long releaseAfter = process.serving().topology().agreement().releaseAfter().toNanos();
        return FREE
                + eyes.turns(target)
                + 2L * disturbances.count()
                + 2 * (agenda.now() / releaseAfter);
    }
}
