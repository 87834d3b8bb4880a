package meridian.signing;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;

/// By which records a signed zone shows what there is not: each is about one name and leads to the
/// next, so that between two there is none.
public enum Denial {
    /// One for each name that owns anything, in the order of names (RFC 4034 §4).
    NSEC {
        @Override
        public RecordType type() {
            return RecordType.NSEC;
        }

        @Override
        public DomainName owner(DomainName name, DomainName apex) {
            return name;
        }

        @Override
        public boolean isAbout(SortedSet<RecordType> types) {
            return !types.isEmpty();
        }

        @Override
        public SortedSet<RecordType> listed(SortedSet<RecordType> types, boolean isSigned) {
            // The record is at the name itself, and signed.
            var all = new TreeSet<>(types);
            all.add(RecordType.NSEC);
            all.add(RecordType.RRSIG);
            return all;
        }

        @Override
        public byte[] rdata(DomainName next, SortedSet<RecordType> listed) {
            return Nsec.rdata(next, listed);
        }

        @Override
        byte[] without(byte[] rdata, Set<RecordType> fewer) {
            return Nsec.without(rdata, fewer);
        }
    },

    /// One for each name that exists, in the order of their hashes (RFC 5155): who has the whole
    /// chain has no name.
    NSEC3 {
        @Override
        public RecordType type() {
            return RecordType.NSEC3;
        }

        @Override
        public Optional<byte[]> parameters() {
            return Optional.of(Nsec3.parameters());
        }

        @Override
        public DomainName owner(DomainName name, DomainName apex) {
            return Nsec3.owner(name, apex);
        }

        @Override
        public boolean isAbout(SortedSet<RecordType> types) {
            return true;
        }

        @Override
        public SortedSet<RecordType> listed(SortedSet<RecordType> types, boolean isSigned) {
            var all = new TreeSet<>(types);
            if (isSigned) all.add(RecordType.RRSIG);
            return all;
        }

        @Override
        public byte[] rdata(DomainName next, SortedSet<RecordType> listed) {
            return Nsec3.rdata(next, listed);
        }

        @Override
        byte[] without(byte[] rdata, Set<RecordType> fewer) {
            return Nsec3.without(rdata, fewer);
        }
    };

    /// Of its records.
    public abstract RecordType type();

    /// The data of the record at the apex by which secondaries know how to make the chain's, if it
    /// takes one.
    public Optional<byte[]> parameters() {
        return Optional.empty();
    }

    /// Where the record about a name stands.
    public abstract DomainName owner(DomainName name, DomainName apex);

    /// Whether there is a record about a name that has these types, be they none.
    public abstract boolean isAbout(SortedSet<RecordType> types);

    /// What the record about a name lists that has these types.
    ///
    /// @param isSigned whether any of them is
    public abstract SortedSet<RecordType> listed(SortedSet<RecordType> types, boolean isSigned);

    /// The data of a record.
    ///
    /// @param next owner of the record that follows
    public abstract byte[] rdata(DomainName next, SortedSet<RecordType> listed);

    /// A record without some of the types that it lists, yet to be signed.
    public RRset without(RRset record, Set<RecordType> fewer) {
        byte[] rdata = without(record.rdata().getFirst(), fewer);
        return new RRset(record.owner(), record.type(), record.ttl(), List.of(rdata));
    }

    abstract byte[] without(byte[] rdata, Set<RecordType> fewer);
}
