package meridian.dns.limit;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// What was admitted of late, by key, in memory of a fixed size that all threads share without a
/// lock.
///
/// A slot has one number for a key: the time by which all that was admitted would have been due,
/// had it come evenly (the generic cell rate algorithm). What would put that more than a second's
/// worth ahead of now is too much. So a slot whose time has passed says nothing, and may be
/// another's.
///
/// ```
/// slot  tag of the key (16 bits) | time (48 bits, microseconds)
/// ```
///
/// A key has four slots to be in. Where others have them all, it takes the one that is nearest to
/// saying nothing: a flood of many keys makes them forget, and lets through, those that asked
/// least.
final class RateTable {

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);

    /// 512 KiB: 65,536 networks and kinds that ask within one second.
    private static final int SLOTS = 1 << 16;

    private static final int WAYS = 4;
    private static final long TIME = (1L << 48) - 1;
    private static final long SECOND = 1_000_000;

    private final long[] slots = new long[SLOTS];
    private final long interval;
    private final long ahead;
    private final long seed;

    /// @param perSecond how often a key is admitted, 1 to 1,000,000: so often at once, and then
    ///   every so many whole microseconds that it is no more
    /// @param seed any number that nobody knows, lest they choose keys for one place
    RateTable(int perSecond, long seed) {
        this.interval = Math.ceilDiv(SECOND, perSecond);
        this.ahead = interval * perSecond;
        this.seed = seed;
    }

    /// Whether there may be one more of this key; if so, it is counted.
    ///
    /// @param now microseconds since any moment of this process; up to 8 years
    boolean admits(long key, long now) {
        long hash = mixed(key ^ seed);
        int first = (int) hash & (SLOTS - WAYS);
        long tag = hash & ~TIME;
        while (true) {
            int slot = slot(first, tag);
            long before = (long) SLOT.getOpaque(slots, slot);
            long due = (before & ~TIME) == tag ? before & TIME : 0;
            long next = Math.max(due, now) + interval;
            if (next - now > ahead) return false;
            if (SLOT.compareAndSet(slots, slot, before, tag | next)) return true;
        }
    }

    /// The slot of the key with this tag; if it has none, the one whose time is earliest.
    private int slot(int first, long tag) {
        int earliest = first;
        long least = Long.MAX_VALUE;
        for (int slot = first; slot < first + WAYS; slot++) {
            long there = (long) SLOT.getOpaque(slots, slot);
            if ((there & ~TIME) == tag) return slot;
            if ((there & TIME) < least) {
                least = there & TIME;
                earliest = slot;
            }
        }
        return earliest;
    }

    /// Spreads keys that differ in a few bits (the finalizer of MurmurHash3).
    private static long mixed(long key) {
        long mixed = (key ^ key >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}
