package meridian.cluster;

import java.util.Comparator;
import java.util.Map;
import meridian.health.Trie;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.intent.Intents;
import meridian.time.HybridTime;
import meridian.topology.NodeId;

/// What a node takes with it through a restart. Reports are not among it: they would be stale.
///
/// @param incarnations the newest of each node, this one's own included
public record SavedState(
        Map<NodeId, Long> incarnations, Intents intents, Trie<WatchKey, Verdict> verdicts) {

    public static final SavedState NONE = new SavedState(Map.of(), Intents.NONE, Trie.empty());

    public SavedState {
        incarnations = Map.copyOf(incarnations);
    }

    public SavedState(
            Map<NodeId, Long> incarnations, Intents intents, Map<WatchKey, Verdict> verdicts) {
        this(incarnations, intents, Trie.copyOf(verdicts));
    }

    /// The newest time in any stamp: a clock that starts from this state must be ahead of it.
    HybridTime newest() {
        return verdicts.values().stream()
                .map(verdict -> verdict.stamp().time())
                .max(Comparator.naturalOrder())
                .orElse(HybridTime.ZERO)
                .max(intents.newest());
    }
}
