package meridian.record;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/// RRsets as octets in one array, of which each is an object only while someone looks at it: a zone
/// of a million names is no million objects.
///
/// ```
/// set   type 2 | TTL 4 | records 4 | length of the owner 1 | owner | (length 2 | data) ...
/// ```
public final class RRsets extends AbstractList<RRset> {

    private static final int TTL = 2;
    private static final int RECORDS = 6;
    private static final int OWNER_LENGTH = 10;
    private static final int OWNER = 11;

    private final byte[] octets;
    private final int[] begins;

    private RRsets(byte[] octets, int[] begins) {
        this.octets = octets;
        this.begins = begins;
    }

    /// The same RRsets in the same order.
    public static RRsets copyOf(Collection<RRset> rrsets) {
        if (rrsets instanceof RRsets packed) return packed;
        var builder = new Builder();
        for (RRset rrset : rrsets) {
            byte[] owner = rrset.owner().toWire();
            builder.begin(owner, 0, owner.length, rrset.type().number(), rrset.ttl());
            for (byte[] one : rrset.rdata()) builder.add(one, 0, one.length);
        }
        return builder.build();
    }

    /// Takes one RRset after the other, each with all of its records.
    public static final class Builder {

        private final Octets octets;
        private int[] begins;
        private int size;
        private int records;

        public Builder() {
            this(16, 0);
        }

        /// @param sets how many to expect
        /// @param octets that they will take, by [#octets]
        public Builder(int sets, long octets) {
            this.octets = new Octets(octets);
            this.begins = new int[Math.max(1, sets)];
        }

        /// What a set takes without its records, each of which takes two more than its data.
        public static int octets(int ownerLength) {
            return OWNER + ownerLength;
        }

        public void begin(byte[] owner, int from, int length, int type, long ttl) {
            if (size == begins.length) begins = Arrays.copyOf(begins, 2 * size);
            records = 0;
            begins[size++] = octets.put16(type);
            octets.put32((int) ttl);
            octets.put32(records);
            octets.put8(length);
            octets.put(owner, from, length);
        }

        /// One more record of the RRset that was begun last.
        public void add(byte[] rdata, int from, int length) {
            octets.put16(length);
            octets.put(rdata, from, length);
            octets.set32(begins[size - 1] + RECORDS, ++records);
        }

        public RRsets build() {
            return new RRsets(
                    octets.toArray(), size == begins.length ? begins : Arrays.copyOf(begins, size));
        }
    }

    /// Whoever is shown the data of records where they stand, and does not change them.
    @FunctionalInterface
    public interface DataReader {
        void read(byte[] octets, int from, int length);
    }

    @Override
    public int size() {
        return begins.length;
    }

    @Override
    public RRset get(int set) {
        byte[][] rdata = new byte[records(set)][];
        int at = data(set);
        for (int i = 0; i < rdata.length; i++) {
            int end = at + 2 + u16(at);
            rdata[i] = Arrays.copyOfRange(octets, at + 2, end);
            at = end;
        }
        return new RRset(owner(set), new RecordType(type(set)), ttl(set), List.of(rdata));
    }

    public DomainName owner(int set) {
        return DomainName.ofWire(octets, begins[set] + OWNER, ownerLength(set));
    }

    public int ownerLength(int set) {
        return octets[begins[set] + OWNER_LENGTH] & 0xff;
    }

    /// Whether the name in these octets owns this set.
    public boolean isOwnedBy(int set, byte[] name, int from, int length) {
        return ownerLength(set) == length
                && DomainName.sameIgnoringCase(octets, begins[set] + OWNER, name, from, length);
    }

    /// What all of it takes up.
    public long bytes() {
        return octets.length + 4L * begins.length;
    }

    /// The number of its type.
    public int type(int set) {
        return u16(begins[set]);
    }

    public long ttl(int set) {
        return u32(begins[set] + TTL);
    }

    public int records(int set) {
        return u32(begins[set] + RECORDS);
    }

    /// Shows the owner of a set.
    public void readOwner(int set, DataReader reader) {
        reader.read(octets, begins[set] + OWNER, ownerLength(set));
    }

    /// Shows the data of each record of a set.
    public void readData(int set, DataReader reader) {
        int at = data(set);
        for (int i = records(set); i > 0; i--) {
            int length = u16(at);
            reader.read(octets, at + 2, length);
            at += 2 + length;
        }
    }

    private int data(int set) {
        return begins[set] + OWNER + ownerLength(set);
    }

    private int u16(int at) {
        return (octets[at] & 0xff) << 8 | (octets[at + 1] & 0xff);
    }

    private int u32(int at) {
        return u16(at) << 16 | u16(at + 2);
    }
}
