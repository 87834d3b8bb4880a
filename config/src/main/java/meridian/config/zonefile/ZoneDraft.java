package meridian.config.zonefile;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import meridian.config.source.Problems;
import meridian.config.source.Spot;
import meridian.record.DomainName;
import meridian.record.Octets;
import meridian.record.RRsets;
import meridian.record.RecordType;
import org.xbill.DNS.DClass;

/// The RRsets of a zone as they grow while its file is read: rows of numbers and octets, since a
/// zone may have a million.
///
/// ```
/// record   next of its set 4 | length 2 | data | length 2 | data in canonical form, if other
/// ```
final class ZoneDraft {

    // A row.
    private static final int OWNER = 0;
    private static final int TYPE = 1;
    private static final int TTL = 2;
    private static final int FILE = 3;
    private static final int LINE = 4;
    private static final int FIRST = 5;
    private static final int LAST = 6;
    private static final int NEXT_OF_OWNER = 7;
    private static final int ROW = 8;

    private static final int NONE = -1;

    /// Records of a set that are compared with each new one; of more there is a [Set].
    private static final int FEW = 16;

    private final Problems problems;
    private final Octets octets;
    private int[] rows = new int[64 * ROW];
    private int size;

    /// By owner, its first set and one more; 0 where there is none. At most half full.
    private int[] slots = new int[64];

    private int owners;
    private final List<Path> files = new ArrayList<>();
    private final BitSet toldOfTtl = new BitSet();
    private final Map<Integer, Set<ByteBuffer>> many = new HashMap<>();

    /// @param fileLength of the main file, most of which becomes octets here
    ZoneDraft(Problems problems, int fileLength) {
        this.octets = new Octets(fileLength * 3L / 2);
        this.problems = problems;
    }

    /// Takes one record; one that the zone has already is dropped (RFC 2181 §5).
    void add(WireRecord record, long ttl, Path file, int line) {
        if (record.dclass != DClass.IN) {
            var owner = DomainName.ofWire(record.owner, 0, record.ownerLength);
            problems.refuse(
                    new Spot(file, line, owner + " " + new RecordType(record.type)),
                    "is in class " + DClass.string(record.dclass),
                    "class IN is accepted");
            return;
        }
        int slot = slot(record.owner, 0, record.ownerLength);
        int first = slots[slot] - 1;
        int last = first;
        int set = first;
        while (set != NONE && column(set, TYPE) != record.type) {
            last = set;
            set = column(set, NEXT_OF_OWNER);
        }
        if (set == NONE) {
            set = newSet(record, (int) ttl, file, line);
            if (first != NONE) {
                setColumn(set, OWNER, column(first, OWNER));
                setColumn(last, NEXT_OF_OWNER, set);
            } else {
                setColumn(set, OWNER, octets.put8(record.ownerLength));
                octets.put(record.owner, 0, record.ownerLength);
                putOwner(slot, set);
            }
        }
        if (!has(set, record)) append(set, record);
        if (ttl != ttl(set)) lowerTtl(set, ttl, file, line);
    }

    private int newSet(WireRecord record, int ttl, Path file, int line) {
        int set = size++;
        if (rows.length < size * ROW) rows = Arrays.copyOf(rows, 2 * rows.length);
        setColumn(set, TYPE, record.type);
        setColumn(set, TTL, ttl);
        setColumn(set, FILE, number(file));
        setColumn(set, LINE, line);
        setColumn(set, NEXT_OF_OWNER, NONE);
        return set;
    }

    private int number(Path file) {
        if (files.isEmpty() || !files.getLast().equals(file)) files.add(file);
        return files.size() - 1;
    }

    private void putOwner(int slot, int set) {
        slots[slot] = set + 1;
        if (2 * ++owners <= slots.length) return;
        int[] before = slots;
        slots = new int[4 * before.length];
        for (int each : before) {
            if (each == 0) continue;
            int owner = column(each - 1, OWNER);
            slots[slot(octets.array(), owner + 1, octets.array()[owner] & 0xff)] = each;
        }
    }

    private int slot(byte[] name, int from, int length) {
        int mask = slots.length - 1;
        int slot = DomainName.mixed(DomainName.hashOf(name, from, length)) & mask;
        while (slots[slot] != 0 && !isOwnedBy(slots[slot] - 1, name, from, length))
            slot = (slot + 1) & mask;
        return slot;
    }

    private boolean isOwnedBy(int set, byte[] name, int from, int length) {
        int owner = column(set, OWNER);
        byte[] known = octets.array();
        return (known[owner] & 0xff) == length
                && DomainName.sameIgnoringCase(known, owner + 1, name, from, length);
    }

    /// Whether the set has the record, by its canonical form.
    private boolean has(int set, WireRecord record) {
        Set<ByteBuffer> all = many.get(set);
        if (all != null) return !all.add(copy(canonical(record)));
        int count = 0;
        for (int at = column(set, FIRST); at != 0; at = next(at), count++)
            if (canonical(at).equals(canonical(record))) return true;
        if (count == FEW) {
            var grown = new HashSet<>(Set.of(copy(canonical(record))));
            for (int at = column(set, FIRST); at != 0; at = next(at))
                grown.add(copy(canonical(at)));
            many.put(set, grown);
        }
        return false;
    }

    private static ByteBuffer canonical(WireRecord record) {
        return ByteBuffer.wrap(record.canonical(), 0, record.canonicalLength());
    }

    private ByteBuffer canonical(int record) {
        int data = record + 4;
        int other = data + 2 + u16(data);
        int at = u16(other) == 0 ? data : other;
        return ByteBuffer.wrap(octets.array(), at + 2, u16(at));
    }

    private static ByteBuffer copy(ByteBuffer one) {
        return ByteBuffer.allocate(one.remaining()).put(one).flip();
    }

    private void append(int set, WireRecord record) {
        int at = octets.put32(0);
        octets.put16(record.length);
        octets.put(record.data, 0, record.length);
        boolean isSame = record.isCanonical();
        octets.put16(isSame ? 0 : record.canonicalLength());
        if (!isSame) octets.put(record.canonical(), 0, record.canonicalLength());
        int last = column(set, LAST);
        if (last == 0) setColumn(set, FIRST, at);
        else octets.set32(last, at);
        setColumn(set, LAST, at);
    }

    private void lowerTtl(int set, long ttl, Path file, int line) {
        if (!toldOfTtl.get(set))
            problems.warn(
                    new Spot(file, line, new DraftSet(set).text()),
                    "has the TTLs " + ttl(set) + " and " + ttl + ", and the lowest is used",
                    "one TTL for all records of one owner and type is accepted (RFC 2181 §5.2)");
        toldOfTtl.set(set);
        setColumn(set, TTL, (int) Math.min(ttl(set), ttl));
    }

    private long ttl(int set) {
        return Integer.toUnsignedLong(column(set, TTL));
    }

    private int column(int set, int column) {
        return rows[set * ROW + column];
    }

    private void setColumn(int set, int column, int value) {
        rows[set * ROW + column] = value;
    }

    private int next(int record) {
        return u16(record) << 16 | u16(record + 2);
    }

    private int u16(int at) {
        byte[] array = octets.array();
        return (array[at] & 0xff) << 8 | (array[at + 1] & 0xff);
    }

    /// In the order in which they are written.
    Collection<DraftSet> sets() {
        return new AbstractList<>() {
            @Override
            public DraftSet get(int set) {
                return new DraftSet(set);
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    Optional<DraftSet> find(DomainName owner, RecordType type) {
        int set = first(owner);
        while (set != NONE && column(set, TYPE) != type.number()) set = column(set, NEXT_OF_OWNER);
        return set == NONE ? Optional.empty() : Optional.of(new DraftSet(set));
    }

    List<DraftSet> at(DomainName owner) {
        var found = new ArrayList<DraftSet>();
        for (int set = first(owner); set != NONE; set = column(set, NEXT_OF_OWNER))
            found.add(new DraftSet(set));
        return found;
    }

    private int first(DomainName owner) {
        byte[] name = owner.toWire();
        return slots[slot(name, 0, name.length)] - 1;
    }

    /// All of them, those of a type before the others.
    RRsets toRRsets(RecordType first) {
        var builder = new RRsets.Builder(size, expected());
        for (int set = 0; set < size; set++)
            if (column(set, TYPE) == first.number()) build(set, builder);
        for (int set = 0; set < size; set++)
            if (column(set, TYPE) != first.number()) build(set, builder);
        return builder.build();
    }

    /// Octets of all RRsets.
    private long expected() {
        long sum = 0;
        for (int set = 0; set < size; set++) {
            sum += RRsets.Builder.octets(octets.array()[column(set, OWNER)] & 0xff);
            for (int at = column(set, FIRST); at != 0; at = next(at)) sum += 2 + u16(at + 4);
        }
        return sum;
    }

    private void build(int set, RRsets.Builder builder) {
        byte[] array = octets.array();
        int owner = column(set, OWNER);
        builder.begin(array, owner + 1, array[owner] & 0xff, column(set, TYPE), ttl(set));
        for (int at = column(set, FIRST); at != 0; at = next(at))
            builder.add(array, at + 6, u16(at + 4));
    }

    /// One RRset, and where its first record is written.
    final class DraftSet {

        private final int set;

        private DraftSet(int set) {
            this.set = set;
        }

        DomainName owner() {
            int owner = ZoneDraft.this.column(set, OWNER);
            byte[] array = octets.array();
            return DomainName.ofWire(array, owner + 1, array[owner] & 0xff);
        }

        RecordType type() {
            return new RecordType(ZoneDraft.this.column(set, TYPE));
        }

        Spot at() {
            Path file = files.get(ZoneDraft.this.column(set, FILE));
            return new Spot(file, ZoneDraft.this.column(set, LINE), text());
        }

        private String text() {
            return owner() + " " + type();
        }

        List<byte[]> rdata() {
            var rdata = new ArrayList<byte[]>(1);
            for (int at = ZoneDraft.this.column(set, FIRST); at != 0; at = next(at))
                rdata.add(Arrays.copyOfRange(octets.array(), at + 6, at + 6 + u16(at + 4)));
            return rdata;
        }
    }
}
