package meridian.simulation;

import meridian.health.Tally;
import meridian.health.Trie;
import meridian.health.Verdict;
import meridian.health.WatchKey;

/// The newest verdicts of any node of the fleet. What a node counts or hears shares with them all
/// that is equal: so many nodes that hold the same, and messages that repeat it, cost little more
/// than one.
final class Common {

    private Trie<WatchKey, Verdict> newest = Trie.empty();

    /// The same verdicts.
    Trie<WatchKey, Verdict> shared(Trie<WatchKey, Verdict> verdicts) {
        Trie<WatchKey, Verdict> shared = verdicts.sharing(newest);
        newest = newest.merged(shared, Verdict::merged);
        return shared;
    }

    /// The same tally.
    Tally shared(Tally tally) {
        return new Tally(tally.ballots(), shared(tally.verdicts()), tally.calmSince());
    }
}
