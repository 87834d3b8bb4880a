package meridian.record;

import java.util.List;
import java.util.stream.Stream;

/// The names in records that their reader will ask for next, and for what.
public final class Targets {

    private Targets() {}

    public static List<DomainName> of(RRset rrset) {
        int nameAt = offset(rrset.type());
        if (nameAt < 0) return List.of();
        return rrset.rdata().stream()
                .map(rdata -> target(rrset, rdata, nameAt))
                .distinct()
                .toList();
    }

    /// Addresses; and of the targets of SVCB and HTTPS records the same type, in case they are
    /// aliases (RFC 9460 §4.1).
    public static Stream<RecordType> types(RecordType type) {
        Stream<RecordType> addresses = Stream.of(RecordType.A, RecordType.AAAA);
        return isService(type) ? Stream.concat(Stream.of(type), addresses) : addresses;
    }

    private static boolean isService(RecordType type) {
        return type.equals(RecordType.SVCB) || type.equals(RecordType.HTTPS);
    }

    /// Where a service's target is the root, it is the owner itself, unless the priority is 0: then
    /// there is no service (RFC 9460 §2.5). Which name a wildcard stands for is not known here.
    private static DomainName target(RRset rrset, byte[] rdata, int nameAt) {
        DomainName named = nameIn(rdata, nameAt);
        boolean isOwner =
                isService(rrset.type())
                        && named.isRoot()
                        && (rdata[0] != 0 || rdata[1] != 0)
                        && !rrset.owner().isWildcard();
        return isOwner ? rrset.owner() : named;
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
