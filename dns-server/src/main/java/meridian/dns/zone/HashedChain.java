package meridian.dns.zone;

import static meridian.dns.zone.Chain.joined;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import meridian.signing.Denial;
import meridian.signing.Nsec3;

/// An NSEC3 for each name of ours that exists, in the order of their hashes (RFC 5155).
///
/// A name that does not exist has no neighbours that would tell where it would be: it takes the
/// record about its closest encloser, which exists, and the one before the *next closer* name, the
/// one just below that (§7.2.1).
public final class HashedChain implements Chain {

    private static final int HASH = Nsec3.HASH_LENGTH;

    private final RRset[] records;

    /// Of each record that of the name it is about, one behind the other.
    private final byte[] hashes;

    /// @param records signed, in the order of their owners
    /// @throws IllegalArgumentException if two names have the same hash (RFC 5155 §7.1)
    public HashedChain(List<RRset> records) {
        this.records = records.toArray(RRset[]::new);
        this.hashes = new byte[HASH * this.records.length];
        for (int i = 0; i < this.records.length; i++) {
            byte[] hash = Nsec3.hashIn(this.records[i].owner());
            if (i > 0 && compare(i - 1, hash) >= 0)
                throw new IllegalArgumentException(
                        this.records[i].owner() + " is out of order in the chain of hashes");
            System.arraycopy(hash, 0, hashes, HASH * i, HASH);
        }
    }

    @Override
    public List<RRset> records() {
        return Collections.unmodifiableList(Arrays.asList(records));
    }

    @Override
    public Optional<RRset> about(DomainName name) {
        byte[] hash = Nsec3.hash(name);
        int index = atOrBefore(hash);
        return isAbout(index, hash) ? Optional.of(records[index]) : Optional.empty();
    }

    @Override
    public Denial denial() {
        return Denial.NSEC3;
    }

    @Override
    public boolean adds(RecordType type) {
        return false;
    }

    /// Its records are at names that do not exist for that (RFC 5155 §7.2.8).
    @Override
    public Optional<RRset> at(DomainName name) {
        return Optional.empty();
    }

    /// RFC 5155 §7.2.3, §7.2.4.
    @Override
    public RRset of(DomainName name) {
        return about(name)
                .orElseThrow(() -> new IllegalStateException(name + " is not in the chain"));
    }

    /// The labels of a wildcard's signature tell what the closest encloser is (RFC 5155 §7.2.6).
    @Override
    public RRset missing(byte[] wire, int encloser) {
        int nextCloser = 0;
        for (int at = 0; at < encloser; at += 1 + wire[at]) nextCloser = at;
        return covering(Nsec3.hash(wire, nextCloser, wire.length));
    }

    /// RFC 5155 §7.2.2.
    @Override
    public List<RRset> noWildcard(DomainName encloser) {
        RRset noWildcard = covering(Nsec3.hash(encloser.wildcard()));
        return joined(List.of(of(encloser)), List.of(noWildcard));
    }

    /// RFC 5155 §7.2.5.
    @Override
    public List<RRset> ofWildcard(RRset about, DomainName wildcard) {
        return List.of(of(wildcard.parent()), about);
    }

    /// A name that has the hash of one that exists could not be shown not to (RFC 5155 §7.2.9);
    /// nobody knows two such.
    private RRset covering(byte[] hash) {
        int index = atOrBefore(hash);
        if (isAbout(index, hash))
            throw new IllegalStateException(records[index].owner() + " is of two names");
        return records[index];
    }

    /// The last whose hash is not above it; that is the last of all for those below the first.
    private int atOrBefore(byte[] hash) {
        int low = 0;
        int high = records.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(middle, hash) <= 0) low = middle + 1;
            else high = middle;
        }
        return low == 0 ? records.length - 1 : low - 1;
    }

    private boolean isAbout(int index, byte[] hash) {
        return compare(index, hash) == 0;
    }

    private int compare(int index, byte[] hash) {
        int at = HASH * index;
        return Arrays.compareUnsigned(hashes, at, at + HASH, hash, 0, HASH);
    }
}
