package meridian.dns.zone;

import java.util.stream.IntStream;
import meridian.record.DomainName;
import meridian.record.RRsets;
import meridian.record.RecordType;

/// What takes names out of a zone's hands: cuts, from which on they are another zone's, and DNAMEs,
/// below which they have other names. Each is an RRset, by its position.
final class Covers {

    private static final int NONE = RRsets.NONE;
    private static final int NS = RecordType.NS.number();
    private static final int DNAME = RecordType.DNAME.number();

    private final DomainName apex;
    private final RRsets sets;
    private final ZoneNames names;

    /// Whether there is any: most zones need not look for one.
    private final boolean hasAny;

    Covers(DomainName apex, RRsets sets, ZoneNames names) {
        this.apex = apex;
        this.sets = sets;
        this.names = names;
        this.hasAny = IntStream.range(0, sets.size()).anyMatch(this::isOne);
    }

    private boolean isOne(int set) {
        return sets.type(set) == DNAME || (sets.type(set) == NS && !sets.owner(set).equals(apex));
    }

    /// The topmost cut or DNAME at or above the name in `wire`, or [RRsets#NONE].
    int from(byte[] wire, int from, int end) {
        int topmost = NONE;
        if (!hasAny) return topmost;
        for (int at = from; end - at >= apex.wireLength(); at += 1 + wire[at]) {
            int cover = cut(wire, at, end);
            if (cover == NONE) cover = names.set(names.find(wire, at, end), DNAME);
            if (cover != NONE) topmost = cover;
            if (wire[at] == 0) break;
        }
        return topmost;
    }

    /// The cut at the name in `wire`, or [RRsets#NONE].
    int cut(byte[] wire, int from, int end) {
        boolean isApex = end - from == apex.wireLength();
        return isApex ? NONE : names.set(names.find(wire, from, end), NS);
    }
}
