package meridian.signing;

import java.io.ByteArrayOutputStream;
import java.util.Set;
import java.util.SortedSet;
import meridian.record.DomainName;
import meridian.record.RecordType;

/// The data of NSEC records: the next name, and which types there are at this one (RFC 4034 §4).
final class Nsec {

    private Nsec() {}

    static byte[] rdata(DomainName next, SortedSet<RecordType> types) {
        var octets = new ByteArrayOutputStream();
        octets.writeBytes(next.toWire());
        TypeBitmap.put(types, octets);
        return octets.toByteArray();
    }

    /// The same data with fewer types.
    static byte[] without(byte[] rdata, Set<RecordType> fewer) {
        int at = 0;
        while (rdata[at] != 0) at += 1 + rdata[at];
        DomainName next = DomainName.ofWire(rdata, 0, ++at);
        SortedSet<RecordType> types = TypeBitmap.types(rdata, at);
        types.removeAll(fewer);
        return rdata(next, types);
    }
}
