package meridian.dns.zone;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import meridian.record.DomainName;
import org.jspecify.annotations.Nullable;

/// Values by domain name, looked up by a name or by the end of one without making an object for it.
///
/// Open addressing in two arrays, at most half full, never changed once made. The hash runs from
/// the first octet to the root, whatever the case.
final class NameTable<V> {

    private final @Nullable DomainName[] names;
    private final @Nullable Object[] values;
    private final int mask;

    NameTable(Map<DomainName, V> entries) {
        int capacity = Integer.highestOneBit(Math.max(entries.size(), 1)) * 4;
        names = new @Nullable DomainName[capacity];
        values = new @Nullable Object[capacity];
        mask = capacity - 1;
        entries.forEach(this::put);
    }

    private void put(DomainName name, V value) {
        int slot = slotOf(name, 0);
        while (names[slot] != null) slot = (slot + 1) & mask;
        names[slot] = name;
        values[slot] = value;
    }

    /// The value of the name that begins at octet `from` of `name`.
    @SuppressWarnings("unchecked") // only values of V are put in
    Optional<V> get(DomainName name, int from) {
        for (int slot = slotOf(name, from); ; slot = (slot + 1) & mask) {
            DomainName candidate = names[slot];
            if (candidate == null) return Optional.empty();
            if (sameFrom(name, from, candidate)) return Optional.ofNullable((V) values[slot]);
        }
    }

    @SuppressWarnings("unchecked") // only values of V are put in
    Stream<V> values() {
        return Arrays.stream(values).flatMap(value -> Stream.ofNullable((V) value));
    }

    private static boolean sameFrom(DomainName name, int from, DomainName candidate) {
        int length = candidate.wireLength();
        if (name.wireLength() - from != length) return false;
        for (int i = 0; i < length; i++) {
            if (lower(name.wireAt(from + i)) != lower(candidate.wireAt(i))) return false;
        }
        return true;
    }

    private int slotOf(DomainName name, int from) {
        int hash = 1;
        for (int at = from; at < name.wireLength(); at++) hash = 31 * hash + lower(name.wireAt(at));
        return (hash ^ (hash >>> 16)) & mask;
    }

    private static int lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? octet + ('a' - 'A') : octet;
    }
}
