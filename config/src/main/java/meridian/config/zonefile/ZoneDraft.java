package meridian.config.zonefile;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import meridian.config.source.Problems;
import meridian.config.source.Spot;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/// The RRsets of a zone as they grow while its file is read.
final class ZoneDraft {

    private record Key(DomainName owner, RecordType type) {}

    /// Octets between the owner and the data of a record on the wire: type, class, TTL, length.
    private static final int FIXED = 10;

    private final Problems problems;
    private final Map<Key, DraftSet> sets = new LinkedHashMap<>();
    private final Map<DomainName, List<DraftSet>> byOwner = new HashMap<>();
    private DomainName lastOwner = DomainName.ROOT;

    ZoneDraft(Problems problems) {
        this.problems = problems;
    }

    /// Takes one record; one that the zone has already is dropped (RFC 2181 §5).
    void add(Record record, long ttl, Path file, int line) {
        DomainName owner = owner(record.getName());
        var type = new RecordType(record.getType());
        if (record.getDClass() != DClass.IN) {
            problems.refuse(
                    new Spot(file, line, owner + " " + type),
                    "is in class " + DClass.string(record.getDClass()),
                    "class IN is accepted");
            return;
        }
        var key = new Key(owner, type);
        DraftSet set = sets.get(key);
        if (set == null) {
            set = new DraftSet(owner, type, file, line, ttl);
            sets.put(key, set);
            byOwner.merge(owner, List.of(set), ZoneDraft::joined);
        }
        set.add(record, ttl, file, line);
    }

    private static List<DraftSet> joined(List<DraftSet> some, List<DraftSet> more) {
        var all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    /// Records of one owner mostly stand together, and then share its name.
    private DomainName owner(Name name) {
        byte[] wire = name.toWire();
        var owner = DomainName.ofWire(wire, 0, wire.length);
        if (!owner.equals(lastOwner)) lastOwner = owner;
        return lastOwner;
    }

    Collection<DraftSet> sets() {
        return sets.values();
    }

    Optional<DraftSet> find(DomainName owner, RecordType type) {
        return Optional.ofNullable(sets.get(new Key(owner, type)));
    }

    List<DraftSet> at(DomainName owner) {
        return byOwner.getOrDefault(owner, List.of());
    }

    /// One RRset, and where its first record is written.
    final class DraftSet {

        private final DomainName owner;
        private final RecordType type;
        private final Path file;
        private final int line;
        private final Map<ByteBuffer, byte[]> rdata = new LinkedHashMap<>(2);
        private long ttl;
        private boolean toldOfTtl;

        private DraftSet(DomainName owner, RecordType type, Path file, int line, long ttl) {
            this.owner = owner;
            this.type = type;
            this.file = file;
            this.line = line;
            this.ttl = ttl;
        }

        private void add(Record record, long recordTtl, Path recordFile, int recordLine) {
            // Told apart in canonical form, but kept as written: the case of names is preserved.
            var canonical = ByteBuffer.wrap(record.rdataToWireCanonical());
            rdata.putIfAbsent(canonical, rdataAsWritten(record));
            if (recordTtl == ttl) return;
            if (!toldOfTtl)
                problems.warn(
                        new Spot(recordFile, recordLine, owner + " " + type),
                        "has the TTLs " + ttl + " and " + recordTtl + ", and the lowest is used",
                        "one TTL for all records of one owner and type is accepted (RFC 2181 §5.2)");
            toldOfTtl = true;
            ttl = Math.min(ttl, recordTtl);
        }

        private static byte[] rdataAsWritten(Record record) {
            byte[] wire = record.toWire(Section.ANSWER);
            return Arrays.copyOfRange(wire, record.getName().length() + FIXED, wire.length);
        }

        DomainName owner() {
            return owner;
        }

        RecordType type() {
            return type;
        }

        Spot at() {
            return new Spot(file, line, owner + " " + type);
        }

        Collection<byte[]> rdata() {
            return rdata.values();
        }

        RRset toRRset() {
            return new RRset(owner, type, ttl, List.copyOf(rdata.values()));
        }
    }
}
