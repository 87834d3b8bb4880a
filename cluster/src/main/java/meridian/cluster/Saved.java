package meridian.cluster;

import java.io.IOException;
import java.util.Optional;
import meridian.health.Trie;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.intent.Intents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What of the ledger is on disk, and whether the disk takes any more. Whoever writes holds the
/// ledger's `disk` lock; any thread may look.
final class Saved {

    private static final Logger LOG = LoggerFactory.getLogger(Saved.class);

    private final StateStore store;
    private volatile SavedState state;
    private volatile Optional<String> failure = Optional.empty();

    /// What was last found to say nothing that is not on disk.
    private volatile Optional<Known> known = Optional.empty();

    private record Known(SavedState saved, Trie<WatchKey, Verdict> verdicts, Intents intents) {}

    Saved(StateStore store) {
        this.store = store;
        state = store.saved();
    }

    SavedState state() {
        return state;
    }

    /// Whether a node killed now would start with another picture. Stamps may wait a second.
    boolean lacks(Knowledge now) {
        SavedState before = state;
        Known asked = new Known(before, now.tally().verdicts(), now.intents());
        if (known.filter(asked::equals).isPresent()) return false;
        boolean lacks =
                !now.intents().equals(before.intents()) || now.hasTurnedSince(before.verdicts());
        if (!lacks) known = Optional.of(asked);
        return lacks;
    }

    /// Why the last attempt failed.
    Optional<String> failure() {
        return failure;
    }

    void write(SavedState next) throws IOException {
        try {
            store.save(next);
            state = next;
            turned(Optional.empty());
        } catch (IOException e) {
            turned(Optional.of(e.toString()));
            throw e;
        }
    }

    private void turned(Optional<String> now) {
        if (now.isPresent() && failure.isEmpty())
            LOG.error("what this node knows is not on its disk: {}", now.get());
        if (now.isEmpty() && failure.isPresent())
            LOG.info("what this node knows is on its disk again");
        failure = now;
    }
}
