package meridian.dns;

import static meridian.dns.BigEndian.INTS;
import static meridian.dns.BigEndian.LONGS;

import java.util.List;
import meridian.record.Octets;
import meridian.record.RRset;
import meridian.signing.Nsec3;

/// Of each record in a zone's chain of hashes the tail that is nothing but the record, found by any
/// hash that it covers.
///
/// ```
/// hash 20 | tail 4 | nothing 8
/// ```
final class HashTails implements AutoCloseable {

    /// A power of two, so that none is parted.
    private static final int SLOT = 32;

    private static final int TAIL = Nsec3.HASH_LENGTH;

    private final Octets slots;
    private final int count;

    /// @param records in the order of their hashes
    /// @param tails of the records, at the same positions
    HashTails(List<RRset> records, int[] tails) {
        this.count = tails.length;
        this.slots = Octets.ofZeros(SLOT * count);
        for (int i = 0; i < count; i++) {
            byte[] hash = Nsec3.hashIn(records.get(i).owner());
            slots.set64(SLOT * i, (long) LONGS.get(hash, 0));
            slots.set64(SLOT * i + 8, (long) LONGS.get(hash, 8));
            slots.set32(SLOT * i + 16, (int) INTS.get(hash, 16));
            slots.set32(SLOT * i + TAIL, tails[i]);
        }
    }

    /// The position of the last record whose hash is not above the name's; of the last of all, if
    /// each is.
    int covering(MissingName name) {
        return atOrBefore(name.hash());
    }

    private int atOrBefore(byte[] hash) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(middle, hash) <= 0) low = middle + 1;
            else high = middle;
        }
        return low == 0 ? count - 1 : low - 1;
    }

    /// The position of a record.
    int position(RRset record) {
        return atOrBefore(Nsec3.hashIn(record.owner()));
    }

    private int compare(int index, byte[] hash) {
        int at = SLOT * index;
        int first = Long.compareUnsigned(slots.get64(at), (long) LONGS.get(hash, 0));
        if (first != 0) return first;
        int second = Long.compareUnsigned(slots.get64(at + 8), (long) LONGS.get(hash, 8));
        if (second != 0) return second;
        return Integer.compareUnsigned(slots.get32(at + 16), (int) INTS.get(hash, 16));
    }

    int tail(int index) {
        return slots.get32(SLOT * index + TAIL);
    }

    long bytes() {
        return slots.bytes();
    }

    @Override
    public void close() {
        slots.close();
    }
}
