package meridian.cluster;

import java.util.Map;
import meridian.health.Opinion;
import meridian.health.WatchKey;

/// What this node's own checker sees; the ledger asks at each beat. Any thread may ask.
public interface Sight {

    /// Of a node without the role checker.
    Sight NONE = Map::of;

    Map<WatchKey, Opinion> opinions();

    /// Whether the checker does not trust its own sight.
    default boolean abstains() {
        return false;
    }
}
