package meridian.cluster;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import meridian.cluster.Message.Contents;
import meridian.cluster.Message.Relayed;
import meridian.health.Opinion;
import meridian.health.Report;
import meridian.health.Tally;
import meridian.health.Tally.Ballot;
import meridian.health.Trie;
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
record Knowledge(Tally tally, Intents intents, Trie<WatchKey, Verdict> counted) {

    /// What a node starts from.
    static Knowledge of(SavedState saved, Instant wall) {
        return new Knowledge(
                Tally.EMPTY.merged(saved.verdicts()), saved.intents().swept(wall), Trie.empty());
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
        var verdicts = next.verdicts().merged(tally.verdicts(), Verdict::merged);
        return new Knowledge(
                new Tally(next.ballots(), verdicts, next.calmSince()), intents, next.verdicts());
    }

    /// Without intents that are long over, and without verdicts on what nobody watches.
    Knowledge swept(Instant wall) {
        Tally kept = new Tally(tally.ballots(), watchedVerdicts(), tally.calmSince());
        return new Knowledge(kept, intents.swept(wall), counted);
    }

    /// The verdicts on what some vantage or this node watches: what is to be shared. The rest is
    /// left over from an earlier configuration, and would come back from node to node for ever.
    Trie<WatchKey, Verdict> watchedVerdicts() {
        Trie<WatchKey, Verdict> watched = tally.verdicts();
        for (WatchKey key : tally.verdicts().keySet())
            if (!isWatched(key)) watched = watched.without(key);
        return watched;
    }

    /// The verdict on something, if it is one of [#watchedVerdicts].
    Optional<Verdict> watchedVerdict(WatchKey key) {
        return tally.verdicts().find(key).filter(_ -> isWatched(key));
    }

    /// All for which [#watchedVerdict] may be another than in `before`.
    Set<WatchKey> newsSince(Knowledge before) {
        var news = new HashSet<>(tally.verdicts().differences(before.tally.verdicts()));
        news.addAll(counted.others(before.counted));
        for (NodeId node : tally.ballots().differences(before.tally.ballots()))
            news.addAll(opinions(node).others(before.opinions(node)));
        return news;
    }

    private Trie<WatchKey, Opinion> opinions(NodeId node) {
        return ballot(node).map(ballot -> ballot.report().opinions()).orElse(Trie.empty());
    }

    Optional<Ballot> ballot(NodeId node) {
        return tally.ballots().find(node);
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
    boolean hasTurnedSince(Trie<WatchKey, Verdict> before) {
        Trie<WatchKey, Verdict> now = tally.verdicts();
        for (WatchKey key : now.differences(before)) {
            if (!now.find(key).map(Verdict::health).equals(before.find(key).map(Verdict::health)))
                return true;
        }
        return false;
    }

    private boolean votesDifferFrom(Knowledge before) {
        for (NodeId node : tally.ballots().differences(before.tally.ballots()))
            if (!saysTheSame(ballot(node), before.ballot(node))) return true;
        return false;
    }

    private static boolean saysTheSame(Optional<Ballot> now, Optional<Ballot> then) {
        if (now.isEmpty() || then.isEmpty()) return false;
        Report one = now.get().report();
        Report other = then.get().report();
        return one.abstains() == other.abstains() && one.opinions().equals(other.opinions());
    }

    /// Whether some vantage or this node watches it.
    boolean isWatched(WatchKey key) {
        if (counted.containsKey(key)) return true;
        for (Ballot ballot : tally.ballots().values()) {
            if (ballot.report().opinions().containsKey(key)) return true;
        }
        return false;
    }
}
