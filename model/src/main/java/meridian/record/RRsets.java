package meridian.record;

import java.util.AbstractList;
import java.util.Collection;
import java.util.List;

/// RRsets as octets, and which of them a name owns: a zone of a million names is no million
/// objects. Each is an object only while someone looks at it.
///
/// ```
/// row     owner 4 | type 2 | 1 if its owner has others before it 2 | TTL 4 | records 4
///         | first record 4 | last record 4 | next set of the owner, and one more 4 | mark 4
/// owner   length 1 | name
/// record  next 4 | length 2 | length of the canonical form, if that is other 2 | data | canonical form
/// ```
public final class RRsets extends AbstractList<RRset> implements AutoCloseable {

    /// Where there is no RRset.
    public static final int NONE = -1;

    /// Where there is no record.
    public static final int NO_RECORD = 0;

    // A row.
    private static final int OWNER = 0;
    private static final int TYPE = 4;
    private static final int IS_LATER = 6;
    private static final int TTL = 8;
    private static final int RECORDS = 12;
    private static final int FIRST = 16;
    private static final int LAST = 20;
    private static final int NEXT = 24;
    private static final int MARK = 28;
    private static final int ROW = 32;

    // A record.
    private static final int LENGTH = 4;
    private static final int CANONICAL_LENGTH = 6;
    private static final int DATA = 8;

    private static final int LEAST_SLOTS = 16;
    private static final int SLOT = 8;

    private final Octets rows = new Octets();
    private final Octets octets = new Octets();
    private int size;

    /// By owner, the hash of its name 4 | its first set, and one more 4; 0 where there is none. At
    /// most half full. With the hash here, names that share a place cost no look at their octets.
    private Octets slots;

    private int mask;
    private int owners;

    private RRsets(int expected) {
        // So that no record is at 0.
        octets.put32(0);
        int most = Math.max(LEAST_SLOTS, 2 * Integer.highestOneBit(Math.max(1, expected)));
        slots = Octets.ofZeros(SLOT * most);
        mask = most - 1;
    }

    /// The same RRsets in the same order.
    public static RRsets copyOf(Collection<RRset> rrsets) {
        if (rrsets instanceof RRsets packed) return packed;
        var builder = new Builder(rrsets.size());
        rrsets.forEach(builder::add);
        return builder.build();
    }

    /// Takes one RRset after the other, and their records in any order.
    public static final class Builder {

        private final RRsets sets;

        /// @param expected about how many owners there will be
        public Builder(int expected) {
            sets = new RRsets(expected);
        }

        /// What was taken so far; it grows with this builder.
        public RRsets sets() {
            return sets;
        }

        public void add(RRset rrset) {
            byte[] owner = rrset.owner().toWire();
            int set = begin(owner, owner.length, rrset.type().number(), (int) rrset.ttl(), 0);
            for (byte[] one : rrset.rdata()) add(set, one, one.length);
        }

        /// One more RRset, without a record yet.
        ///
        /// @param mark a number of whoever builds
        /// @return its position
        public int begin(byte[] owner, int length, int type, int ttl, int mark) {
            return sets.begin(owner, length, type, ttl, mark);
        }

        /// One more record of a set.
        public void add(int set, byte[] rdata, int length) {
            sets.add(set, rdata, length, rdata, 0);
        }

        /// One whose canonical form (RFC 4034 §6.2) is other than what is written.
        public void add(int set, byte[] rdata, int length, byte[] canonical, int canonicalLength) {
            sets.add(set, rdata, length, canonical, canonicalLength);
        }

        public void setTtl(int set, int ttl) {
            sets.setRow(set, TTL, ttl);
        }

        public RRsets build() {
            return sets;
        }
    }

    private int begin(byte[] owner, int length, int type, int ttl, int mark) {
        int set = size;
        int hash = hash(owner, 0, length);
        int slot = slot(hash, owner, 0, length);
        int first = slots.get32(slot + 4) - 1;
        int row = rows.putZeros(ROW);
        rows.set32(row + OWNER, first == NONE ? putOwner(owner, length) : row(first, OWNER));
        rows.set16(row + TYPE, type);
        rows.set16(row + IS_LATER, first == NONE ? 0 : 1);
        rows.set32(row + TTL, ttl);
        rows.set32(row + MARK, mark);
        if (row != set * ROW) throw new IllegalStateException("rows fit into pieces");
        size++;
        if (first == NONE) {
            slots.set64(slot, slotOf(hash, set));
            if (2 * ++owners > mask) grow();
        } else {
            int last = first;
            while (next(last) != NONE) last = next(last);
            setRow(last, NEXT, set + 1);
        }
        return set;
    }

    private int putOwner(byte[] owner, int length) {
        int at = octets.putZeros(1 + length);
        octets.set8(at, length);
        octets.set(at + 1, owner, 0, length);
        return at;
    }

    private void grow() {
        Octets before = slots;
        int count = mask + 1;
        slots = Octets.ofZeros(2 * count * SLOT);
        mask = 2 * count - 1;
        for (int i = 0; i < count; i++) {
            long one = before.get64(SLOT * i);
            int slot = (int) (one >>> 32) & mask;
            while (slots.get64(SLOT * slot) != 0) slot = (slot + 1) & mask;
            if (one != 0) slots.set64(SLOT * slot, one);
        }
        before.close();
    }

    private static long slotOf(int hash, int set) {
        return (long) hash << 32 | (set + 1);
    }

    private static int hash(byte[] name, int from, int length) {
        return DomainName.mixed(DomainName.hashOf(name, from, length));
    }

    private void add(int set, byte[] rdata, int length, byte[] canonical, int canonicalLength) {
        int at = octets.putZeros(DATA + length + canonicalLength);
        octets.set16(at + LENGTH, length);
        octets.set16(at + CANONICAL_LENGTH, canonicalLength);
        octets.set(at + DATA, rdata, 0, length);
        octets.set(at + DATA + length, canonical, 0, canonicalLength);
        int last = row(set, LAST);
        if (last == NO_RECORD) setRow(set, FIRST, at);
        else octets.set32(last, at);
        setRow(set, LAST, at);
        setRow(set, RECORDS, records(set) + 1);
    }

    /// Where the owner's first set stands, or would.
    private int slot(int hash, byte[] name, int from, int length) {
        for (int slot = hash & mask; ; slot = (slot + 1) & mask) {
            long found = slots.get64(SLOT * slot);
            if (found == 0) return SLOT * slot;
            if ((int) (found >>> 32) == hash && isOwnedBy((int) found - 1, name, from, length))
                return SLOT * slot;
        }
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public RRset get(int set) {
        if (set < 0 || set >= size) throw new IndexOutOfBoundsException(set);
        byte[][] rdata = new byte[records(set)][];
        int record = firstRecord(set);
        for (int i = 0; i < rdata.length; i++, record = nextRecord(record)) rdata[i] = data(record);
        return new RRset(owner(set), new RecordType(type(set)), ttl(set), List.of(rdata));
    }

    public DomainName owner(int set) {
        byte[] name = new byte[ownerLength(set)];
        copyOwner(set, name, 0);
        return DomainName.ofWire(name, 0, name.length);
    }

    public int ownerLength(int set) {
        return octets.get8(row(set, OWNER));
    }

    /// Copies the owner's wire form.
    ///
    /// @return its length
    public int copyOwner(int set, byte[] into, int begin) {
        int at = row(set, OWNER);
        int length = octets.get8(at);
        octets.copy(at + 1, into, begin, length);
        return length;
    }

    /// Whether the name in these octets owns this set.
    public boolean isOwnedBy(int set, byte[] name, int from, int length) {
        int at = row(set, OWNER);
        return octets.get8(at) == length && octets.isNamedAt(at + 1, name, from, length);
    }

    /// The first set of the name in these octets, or [#NONE].
    public int find(byte[] name, int from, int length) {
        return slots.get32(slot(hash(name, from, length), name, from, length) + 4) - 1;
    }

    /// How many names own any.
    public int owners() {
        return owners;
    }

    /// The next set of the same owner, or [#NONE].
    public int next(int set) {
        return row(set, NEXT) - 1;
    }

    /// Whether no set of its owner is before it.
    public boolean isFirst(int set) {
        return rows.get16(set * ROW + IS_LATER) == 0;
    }

    /// The set of this type among that one and those after it of the same owner, or [#NONE].
    public int ofType(int first, int type) {
        int set = first;
        while (set != NONE && type(set) != type) set = next(set);
        return set;
    }

    /// The number of its type.
    public int type(int set) {
        return rows.get16(set * ROW + TYPE);
    }

    public long ttl(int set) {
        return Integer.toUnsignedLong(row(set, TTL));
    }

    public int records(int set) {
        return row(set, RECORDS);
    }

    /// The number that whoever built this gave to a set.
    public int mark(int set) {
        return row(set, MARK);
    }

    /// The first record of a set, or [#NO_RECORD].
    public int firstRecord(int set) {
        return row(set, FIRST);
    }

    /// The next of the same set, or [#NO_RECORD].
    public int nextRecord(int record) {
        return octets.get32(record);
    }

    public int dataLength(int record) {
        return octets.get16(record + LENGTH);
    }

    /// Copies a record's data.
    public void copyData(int record, byte[] into, int begin) {
        octets.copy(record + DATA, into, begin, dataLength(record));
    }

    public byte[] data(int record) {
        byte[] data = new byte[dataLength(record)];
        copyData(record, data, 0);
        return data;
    }

    /// Whether these octets are the canonical form of a record's data.
    public boolean isCanonically(int record, byte[] canonical, int length) {
        int own = octets.get16(record + CANONICAL_LENGTH);
        int written = dataLength(record);
        return own == 0
                ? written == length && octets.areAt(record + DATA, canonical, 0, length)
                : own == length && octets.areAt(record + DATA + written, canonical, 0, length);
    }

    /// The canonical form of a record's data.
    public byte[] canonical(int record) {
        int length = octets.get16(record + CANONICAL_LENGTH);
        if (length == 0) return data(record);
        byte[] canonical = new byte[length];
        octets.copy(record + DATA + dataLength(record), canonical, 0, length);
        return canonical;
    }

    /// What all of it takes up.
    public long bytes() {
        return rows.bytes() + octets.bytes() + slots.bytes();
    }

    /// Gives what it takes back at once; nobody may look at it any more.
    @Override
    public void close() {
        rows.close();
        octets.close();
        slots.close();
    }

    private int row(int set, int column) {
        return rows.get32(set * ROW + column);
    }

    private void setRow(int set, int column, int value) {
        rows.set32(set * ROW + column, value);
    }
}
