package meridian.health;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// A map about to become another. Where nothing of it changes, it stays the same object: so whoever
/// compares it with what it was sees at once that nothing did.
final class Edited<V> {

    private final Map<WatchKey, V> before;
    private final Map<WatchKey, V> put = new HashMap<>();
    private final Set<WatchKey> dropped = new HashSet<>();
    private int kept;

    Edited(Map<WatchKey, V> before) {
        this.before = before;
    }

    /// One of its keys keeps its value.
    void keep() {
        kept++;
    }

    /// A key has another value than before, or is new.
    void put(WatchKey key, V value) {
        put.put(key, value);
    }

    void drop(WatchKey key) {
        dropped.add(key);
    }

    /// What it has become, without whatever is none of `keys`.
    Map<WatchKey, V> among(Collection<WatchKey> keys) {
        if (put.isEmpty() && kept == before.size()) return before;
        var next = new HashMap<>(before);
        next.putAll(put);
        next.keySet().removeAll(dropped);
        next.keySet().retainAll(keys);
        return next;
    }
}
