package meridian.record;

import java.util.List;

/// What one zone file says: its apex, and every RRset at or below it, once each.
///
/// The first RRset is the SOA, and there is exactly one; whoever makes this value has checked what
/// RFC 1035 §5.2 and RFC 2181 ask of a zone (one CNAME alone, no record outside, NS at the apex).
public record ZoneContents(DomainName apex, RRsets rrsets) implements AutoCloseable {

    public ZoneContents(DomainName apex, List<RRset> rrsets) {
        this(apex, RRsets.copyOf(rrsets));
    }

    public ZoneContents {
        if (rrsets.isEmpty()
                || !rrsets.getFirst().type().equals(RecordType.SOA)
                || !rrsets.getFirst().owner().equals(apex)) {
            throw new IllegalArgumentException("zone " + apex + " does not begin with its SOA");
        }
    }

    /// Gives its memory back at once; nobody may look at it any more.
    @Override
    public void close() {
        rrsets.close();
    }

    public RRset soa() {
        return rrsets.getFirst();
    }
}
