package meridian.dns.signed;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// What was asked for since the last turn or in the one before; the rest is forgotten. For any
/// thread.
final class Kept<K, V> {

    private volatile ConcurrentMap<K, V> current = new ConcurrentHashMap<>();
    private volatile ConcurrentMap<K, V> previous = new ConcurrentHashMap<>();

    synchronized void turn() {
        previous = current;
        current = new ConcurrentHashMap<>();
    }

    /// @param making of what is kept under this key, if anything is: itself, or another
    V asked(K key, BiFunction<K, @Nullable V, V> making) {
        V before = current.get(key);
        if (before == null) before = previous.get(key);
        V asked = making.apply(key, before);
        current.put(key, asked);
        return asked;
    }
}
