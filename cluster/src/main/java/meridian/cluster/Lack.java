package meridian.cluster;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import meridian.cluster.Message.Beat;
import meridian.cluster.Message.Holdings;
import meridian.cluster.Peer.Look;
import meridian.topology.NodeId;

/// What a peer's beat shows that it lacks, and this node has.
///
/// Messages cross: a beat may well have been sent before its sender heard what we heard long ago.
/// So a peer lacks only what it did not have at this beat although we had it at its beat before.
/// Only of a peer that just appeared the first beat tells enough.
///
/// @param reports whose report is missing, or older than ours
/// @param intents the buckets of the digest that differ, one bit each
record Lack(Set<NodeId> reports, long intents, long verdicts) {

    static final Lack NOTHING = new Lack(Set.of(), 0, 0);

    Lack {
        reports = Set.copyOf(reports);
    }

    static Lack of(Beat beat, Holdings ours, Optional<Look> earlier) {
        Map<NodeId, Mark> had = earlier.map(Look::reports).orElse(ours.reports());
        var reports = new HashSet<NodeId>();
        for (Map.Entry<NodeId, Mark> one : had.entrySet()) {
            if (has(beat.holdings(), one.getKey(), one.getValue()) < 0) reports.add(one.getKey());
        }
        reports.remove(beat.node());
        return new Lack(
                reports,
                intents(beat, ours) & earlier.map(Look::intents).orElse(-1L),
                verdicts(beat, ours) & earlier.map(Look::verdicts).orElse(-1L));
    }

    static Look look(Beat beat, Holdings ours, long now) {
        return new Look(now, ours.reports(), intents(beat, ours), verdicts(beat, ours));
    }

    /// What is left to send if `other` sends what it can.
    Lack without(NodeId other, Holdings others, Holdings ours, Beat beat) {
        return new Lack(
                left(other, others, beat),
                intents & ours.intents().differing(others.intents()),
                verdicts & ours.verdicts().differing(others.verdicts()));
    }

    private Set<NodeId> left(NodeId other, Holdings others, Beat beat) {
        var left = new HashSet<NodeId>();
        for (NodeId node : reports)
            if (node.equals(other) || !canSend(node, others, beat)) left.add(node);
        return left.size() == reports.size() ? reports : left;
    }

    Lack withoutReportsOf(Set<NodeId> nodes) {
        if (reports.isEmpty()) return this;
        var left = new HashSet<>(reports);
        left.removeAll(nodes);
        return new Lack(left, intents, verdicts);
    }

    boolean isNothing() {
        return reports.isEmpty() && intents == 0 && verdicts == 0;
    }

    private static boolean canSend(NodeId node, Holdings others, Beat beat) {
        Mark theirs = others.reports().get(node);
        return theirs != null && theirs.isOfMessage() && has(beat.holdings(), node, theirs) < 0;
    }

    /// Below zero if what is held of `node` is nothing, or older than `mark`.
    private static int has(Holdings holdings, NodeId node, Mark mark) {
        Mark held = holdings.reports().get(node);
        return held == null ? -1 : held.compareTo(mark);
    }

    private static long intents(Beat beat, Holdings ours) {
        return ours.intents().differing(beat.holdings().intents());
    }

    private static long verdicts(Beat beat, Holdings ours) {
        return ours.verdicts().differing(beat.holdings().verdicts());
    }
}
