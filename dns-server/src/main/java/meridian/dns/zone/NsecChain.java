package meridian.dns.zone;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import meridian.signing.Denial;

/// An NSEC for each name that owns anything of ours, in canonical order.
///
/// Of any name the one at or before it says all: what types the name has, or that it is not there,
/// or that it exists only because of names below it (RFC 4035 §3.1.3).
public final class NsecChain implements Chain {

    private static final Comparator<RRset> ORDER = Comparator.comparing(RRset::owner);

    private final RRset[] records;

    /// @param records signed, in canonical order; the first is the apex's
    public NsecChain(List<RRset> records) {
        this.records = records.toArray(RRset[]::new);
        for (int i = 1; i < this.records.length; i++)
            if (ORDER.compare(this.records[i - 1], this.records[i]) >= 0)
                throw new IllegalArgumentException(
                        this.records[i].owner() + " is out of order in the chain of names");
    }

    @Override
    public List<RRset> records() {
        return Collections.unmodifiableList(Arrays.asList(records));
    }

    /// The NSEC at the name, or at the last one before it, and those of the names below it, which
    /// follow on it.
    public List<RRset> around(DomainName name) {
        int first = indexOf(name);
        int end = first + 1;
        while (end < records.length && records[end].owner().isBelow(name)) end++;
        return records().subList(first, end);
    }

    @Override
    public Optional<RRset> about(DomainName name) {
        return Optional.of(of(name)).filter(nsec -> nsec.owner().equals(name));
    }

    @Override
    public Denial denial() {
        return Denial.NSEC;
    }

    @Override
    public boolean adds(RecordType type) {
        return type.equals(RecordType.NSEC);
    }

    @Override
    public Optional<RRset> at(DomainName name) {
        return about(name);
    }

    /// The NSEC at the name, or at the last one before it.
    ///
    /// @param name at or below the apex
    @Override
    public RRset of(DomainName name) {
        return records[indexOf(name)];
    }

    @Override
    public RRset missing(byte[] wire, int encloser) {
        return of(DomainName.ofWire(wire, 0, wire.length));
    }

    /// RFC 4035 §3.1.3.2.
    @Override
    public List<RRset> noWildcard(DomainName encloser) {
        return List.of(of(encloser.wildcard()));
    }

    @Override
    public List<RRset> ofWildcard(RRset about, DomainName wildcard) {
        return List.of(about);
    }

    private int indexOf(DomainName name) {
        int low = 0;
        int high = records.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (records[middle].owner().compareTo(name) <= 0) low = middle;
            else high = middle - 1;
        }
        return low;
    }
}
