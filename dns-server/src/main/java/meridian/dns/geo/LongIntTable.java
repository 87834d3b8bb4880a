package meridian.dns.geo;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;

/// From longs to ints without boxing: what keeps laying millions of ranges over each other free of
/// garbage. Keys and values are ≥ 0.
final class LongIntTable {

    static final int ABSENT = -1;

    private long[] keys = new long[1024];
    private int[] values = new int[keys.length];
    private int size;

    LongIntTable() {
        Arrays.fill(keys, ABSENT);
    }

    /// `function`, asked only once for each distinct pair of numbers.
    static IntBinaryOperator remembering(IntBinaryOperator function) {
        var known = new LongIntTable();
        return (left, right) -> {
            long pair = (long) left << 32 | right;
            int value = known.get(pair);
            if (value == ABSENT) {
                value = function.applyAsInt(left, right);
                known.put(pair, value);
            }
            return value;
        };
    }

    int get(long key) {
        int slot = slot(key);
        return keys[slot] == ABSENT ? ABSENT : values[slot];
    }

    void put(long key, int value) {
        int slot = slot(key);
        if (keys[slot] == ABSENT) size++;
        keys[slot] = key;
        values[slot] = value;
        if (2 * size > keys.length) grow();
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = (int) ((key * 0x9E37_79B9_7F4A_7C15L) >>> 32) & mask;
        while (keys[slot] != ABSENT && keys[slot] != key) slot = (slot + 1) & mask;
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[2 * oldKeys.length];
        values = new int[keys.length];
        Arrays.fill(keys, ABSENT);
        size = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != ABSENT) put(oldKeys[i], oldValues[i]);
        }
    }
}
