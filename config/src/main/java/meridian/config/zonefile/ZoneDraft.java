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
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import meridian.config.source.Problems;
import meridian.config.source.Spot;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RRsets;
import meridian.record.RecordType;
import org.xbill.DNS.DClass;

/// The RRsets of a zone as they grow while its file is read, and where each is written.
final class ZoneDraft {

    private static final int NONE = RRsets.NONE;

    /// Records of a set that are compared with each new one; of more there is a [Set].
    private static final int FEW = 16;

    /// Octets of a file for each name in it, about; and no file makes us expect more than so many.
    private static final int PER_NAME = 32;

    private static final int MOST_EXPECTED = 1 << 20;

    private final Problems problems;
    private final RRsets.Builder builder;

    /// What the builder has so far; the mark of each is its line.
    private final RRsets rrsets;

    /// By the first set that is written in each.
    private final TreeMap<Integer, Path> files = new TreeMap<>();

    /// For a look at an owner, of whom no object is made.
    private final byte[] name = new byte[DomainName.MAX_LENGTH];

    private final BitSet toldOfTtl = new BitSet();
    private final Map<Integer, Set<ByteBuffer>> many = new HashMap<>();

    /// @param fileLength of the main file
    ZoneDraft(Problems problems, int fileLength) {
        this.builder = new RRsets.Builder(Math.min(fileLength / PER_NAME, MOST_EXPECTED));
        this.rrsets = builder.sets();
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
        int first = rrsets.find(record.owner, 0, record.ownerLength);
        int set = rrsets.ofType(first, record.type);
        if (set == NONE) {
            set = builder.begin(record.owner, record.ownerLength, record.type, (int) ttl, line);
            if (files.isEmpty() || !files.lastEntry().getValue().equals(file)) files.put(set, file);
        }
        if (!has(set, record)) append(set, record);
        if (ttl != rrsets.ttl(set)) lowerTtl(set, ttl, file, line);
    }

    /// Whether the set has the record, by its canonical form.
    private boolean has(int set, WireRecord record) {
        if (rrsets.records(set) <= FEW) return isAmongFew(set, record);
        ByteBuffer canonical = copy(record);
        return !many.computeIfAbsent(set, this::all).add(canonical);
    }

    private boolean isAmongFew(int set, WireRecord record) {
        for (int at = rrsets.firstRecord(set); at != RRsets.NO_RECORD; at = rrsets.nextRecord(at))
            if (rrsets.isCanonically(at, record.canonical(), record.canonicalLength())) return true;
        return false;
    }

    private Set<ByteBuffer> all(int set) {
        var all = new HashSet<ByteBuffer>();
        for (int at = rrsets.firstRecord(set); at != RRsets.NO_RECORD; at = rrsets.nextRecord(at))
            all.add(ByteBuffer.wrap(rrsets.canonical(at)));
        return all;
    }

    private static ByteBuffer copy(WireRecord record) {
        return ByteBuffer.wrap(Arrays.copyOf(record.canonical(), record.canonicalLength()));
    }

    private void append(int set, WireRecord record) {
        if (record.isCanonical()) builder.add(set, record.data, record.length);
        else
            builder.add(
                    set, record.data, record.length, record.canonical(), record.canonicalLength());
    }

    private void lowerTtl(int set, long ttl, Path file, int line) {
        if (!toldOfTtl.get(set))
            problems.warn(
                    new Spot(file, line, new DraftSet(set).text()),
                    "has the TTLs " + rrsets.ttl(set) + " and " + ttl + ", and the lowest is used",
                    "one TTL for all records of one owner and type is accepted (RFC 2181 §5.2)");
        toldOfTtl.set(set);
        builder.setTtl(set, (int) Math.min(rrsets.ttl(set), ttl));
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
                return rrsets.size();
            }
        };
    }

    Optional<DraftSet> find(DomainName owner, RecordType type) {
        int set = rrsets.ofType(first(owner), type.number());
        return set == NONE ? Optional.empty() : Optional.of(new DraftSet(set));
    }

    List<DraftSet> at(DomainName owner) {
        var found = new ArrayList<DraftSet>();
        for (int set = first(owner); set != NONE; set = rrsets.next(set))
            found.add(new DraftSet(set));
        return found;
    }

    private int first(DomainName owner) {
        byte[] name = owner.toWire();
        return rrsets.find(name, 0, name.length);
    }

    /// The files that [#toRRsets] come from, by the first set that is written in each. Of a zone
    /// whose SOA is not written first, only the first file, for its sets are moved and have no
    /// lines.
    NavigableMap<Integer, Path> files() {
        if (isSoa(rrsets.getFirst())) return files;
        return new TreeMap<>(Map.of(0, files.firstEntry().getValue()));
    }

    /// All of them, the SOA first, as it nearly always is written.
    RRsets toRRsets() {
        if (rrsets.isEmpty() || isSoa(rrsets.getFirst())) return builder.build();
        var sorted = new RRsets.Builder(rrsets.size());
        rrsets.stream().filter(ZoneDraft::isSoa).forEach(sorted::add);
        rrsets.stream().filter(set -> !isSoa(set)).forEach(sorted::add);
        rrsets.close();
        return sorted.build();
    }

    private static boolean isSoa(RRset set) {
        return set.type().equals(RecordType.SOA);
    }

    /// Gives the memory of a zone back that is not to be.
    void discard() {
        rrsets.close();
    }

    /// One RRset, and where its first record is written.
    final class DraftSet {

        private final int set;

        private DraftSet(int set) {
            this.set = set;
        }

        DomainName owner() {
            return rrsets.owner(set);
        }

        boolean isAtOrBelow(DomainName apex) {
            return apex.isAtOrAbove(name, rrsets.copyOwner(set, name, 0));
        }

        RecordType type() {
            return new RecordType(rrsets.type(set));
        }

        Spot at() {
            return new Spot(files.floorEntry(set).getValue(), rrsets.mark(set), text());
        }

        private String text() {
            return owner() + " " + type();
        }

        List<byte[]> rdata() {
            var rdata = new ArrayList<byte[]>(1);
            for (int at = rrsets.firstRecord(set);
                    at != RRsets.NO_RECORD;
                    at = rrsets.nextRecord(at)) rdata.add(rrsets.data(at));
            return rdata;
        }
    }
}
