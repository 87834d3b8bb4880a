package meridian.dns.zone;

import java.util.List;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;

/// The names in records whose addresses their reader will want next.
final class Targets {

    private Targets() {}

    static List<DomainName> of(RRset rrset) {
        int nameAt = offset(rrset.type());
        if (nameAt < 0) return List.of();
        return rrset.rdata().stream().map(rdata -> nameIn(rdata, nameAt)).distinct().toList();
    }

    /// Where in the data the name stands, or -1 for types whose names are not followed.
    private static int offset(RecordType type) {
        return switch (type.number()) {
            case 2 -> 0; // NS
            case 15, 64, 65 -> 2; // MX, SVCB, HTTPS
            case 33 -> 6; // SRV
            default -> -1;
        };
    }

    private static DomainName nameIn(byte[] rdata, int at) {
        int end = at;
        while (rdata[end] != 0) end += 1 + rdata[end];
        return DomainName.ofWire(rdata, at, end + 1 - at);
    }
}
