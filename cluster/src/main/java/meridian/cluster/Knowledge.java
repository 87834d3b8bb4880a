package meridian.cluster;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import meridian.cluster.Message.Contents;
import meridian.cluster.Message.Relayed;
import meridian.health.Report;
import meridian.health.Tally;
import meridian.health.Tally.Ballot;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.intent.Entry;
import meridian.intent.Intents;
import meridian.topology.NodeId;

/// Everything one node has heard. Of each thing it keeps the newest, so that nodes that heard the
/// same things, in whatever order and however often, know the same.
///
/// What does not change stays the same object, so that to compare two costs little where nothing
/// happened: thousands of votes and verdicts are compared at every beat of every node.
///
/// @param counted the verdicts of this node's last count
record Knowledge(Tally tally, Intents intents, Map<WatchKey, Verdict> counted) {

    Knowledge {
        counted = Map.copyOf(counted);
    }

    /// What a node starts from.
    static Knowledge of(SavedState saved, Instant wall) {
        return new Knowledge(
                Tally.EMPTY.merged(saved.verdicts()), saved.intents().swept(wall), Map.of());
    }

    /// Keeps the report if it is newer than the vantage's last.
    Knowledge heard(Report report, long now) {
        return new Knowledge(tally.heard(report, now), intents, counted);
    }

    /// Keeps whatever is newer in `contents`.
    ///
    /// @param now the monotonic clock, from which the votes' age runs
    /// @param wall by which intents are over; what another node still keeps of those is not taken
    Knowledge merged(Contents contents, long now, Instant wall) {
        Tally merged = tally;
        for (Relayed it : contents.reports())
            merged = merged.heard(it.report(), now - it.age().toNanos());
        Intents told = intents;
        for (Entry entry : contents.entries()) told = told.with(entry);
        return new Knowledge(
                contents.verdicts().isEmpty() ? merged : merged.merged(contents.verdicts()),
                contents.entries().isEmpty() ? intents : told.swept(wall),
                counted);
    }

    Knowledge with(Entry entry) {
        return new Knowledge(tally, intents.with(entry), counted);
    }

    /// Counts the votes. A count forgets the verdicts that this node does not watch; others may
    /// still watch them, so they are kept here.
    Knowledge counted(UnaryOperator<Tally> counting) {
        Tally next = counting.apply(tally);
        boolean stands = next.verdicts().equals(tally.verdicts());
        Tally all = stands ? tally : tally.merged(next.verdicts());
        return new Knowledge(
                new Tally(next.ballots(), all.verdicts(), next.calmSince()),
                intents,
                next.verdicts());
    }

    /// Without intents that are long over, and without verdicts on what nobody watches.
    Knowledge swept(Instant wall) {
        Tally kept = new Tally(tally.ballots(), watchedVerdicts(), tally.calmSince());
        return new Knowledge(kept, intents.swept(wall), counted);
    }

    /// The verdicts on what some vantage or this node watches: what is to be shared. The rest is
    /// left over from an earlier configuration, and would come back from node to node for ever.
    Map<WatchKey, Verdict> watchedVerdicts() {
        var watched = new HashMap<>(tally.verdicts());
        watched.keySet().removeIf(key -> !isWatched(key));
        return watched;
    }

    /// Whether [#watchedVerdicts] are those of `before`, as far as can be told without making them.
    boolean isWatchedAsIn(Knowledge before) {
        return tally.verdicts().equals(before.tally.verdicts())
                && counted.equals(before.counted)
                && !votesDifferFrom(before);
    }

    Optional<Ballot> ballot(NodeId node) {
        return Optional.ofNullable(tally.ballots().get(node));
    }

    Map<NodeId, Mark> marks() {
        var marks = HashMap.<NodeId, Mark>newHashMap(tally.ballots().size());
        tally.ballots().forEach((node, ballot) -> marks.put(node, Mark.of(ballot.report())));
        return marks;
    }

    /// Whether someone who looks at both sees another picture: a report that only repeats the last
    /// one is no change.
    boolean differsFrom(Knowledge before) {
        return !intents.equals(before.intents)
                || !tally.verdicts().equals(before.tally.verdicts())
                || votesDifferFrom(before);
    }

    /// Whether something is up or down that was not so in `before`, or the other way round.
    boolean hasTurnedSince(Map<WatchKey, Verdict> before) {
        Map<WatchKey, Verdict> now = tally.verdicts();
        if (now.size() != before.size()) return true;
        for (Map.Entry<WatchKey, Verdict> entry : now.entrySet()) {
            Verdict last = before.get(entry.getKey());
            if (last == null || last.health() != entry.getValue().health()) return true;
        }
        return false;
    }

    private boolean votesDifferFrom(Knowledge before) {
        Map<NodeId, Ballot> then = before.tally.ballots();
        if (tally.ballots().size() != then.size()) return true;
        for (Map.Entry<NodeId, Ballot> entry : tally.ballots().entrySet()) {
            Ballot last = then.get(entry.getKey());
            if (last == null || !saysTheSame(entry.getValue().report(), last.report())) return true;
        }
        return false;
    }

    private static boolean saysTheSame(Report now, Report then) {
        if (now.incarnation() == then.incarnation() && now.sequence() == then.sequence())
            return true;
        return now.abstains() == then.abstains() && now.opinions().equals(then.opinions());
    }

    private boolean isWatched(WatchKey key) {
        if (counted.containsKey(key)) return true;
        for (Ballot ballot : tally.ballots().values()) {
            if (ballot.report().opinions().containsKey(key)) return true;
        }
        return false;
    }
}
