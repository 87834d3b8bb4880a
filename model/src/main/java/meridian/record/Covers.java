package meridian.record;

import java.util.stream.IntStream;

/// What takes names out of a zone's hands: cuts, from which on they are another zone's, and DNAMEs,
/// below which they have other names. Each is an RRset, by its position.
public final class Covers {

    private static final int NONE = RRsets.NONE;
    private static final int NS = RecordType.NS.number();
    private static final int DNAME = RecordType.DNAME.number();

    private final DomainName apex;
    private final RRsets sets;

    /// Whether there is any: most zones need not look for one.
    private final boolean hasAny;

    public Covers(DomainName apex, RRsets sets) {
        this.apex = apex;
        this.sets = sets;
        this.hasAny = IntStream.range(0, sets.size()).anyMatch(this::isOne);
    }

    private boolean isOne(int set) {
        return sets.type(set) == DNAME || (sets.type(set) == NS && !sets.owner(set).equals(apex));
    }

    /// The topmost cut or DNAME at or above the name in `wire`, or [RRsets#NONE].
    public int from(byte[] wire, int from, int end) {
        int topmost = NONE;
        if (!hasAny) return topmost;
        for (int at = from; end - at >= apex.wireLength(); at += 1 + wire[at]) {
            int cover = cut(wire, at, end);
            if (cover == NONE) cover = set(wire, at, end, DNAME);
            if (cover != NONE) topmost = cover;
            if (wire[at] == 0) break;
        }
        return topmost;
    }

    /// The cut at the name in `wire`, or [RRsets#NONE].
    public int cut(byte[] wire, int from, int end) {
        boolean isApex = end - from == apex.wireLength();
        return isApex ? NONE : set(wire, from, end, NS);
    }

    private int set(byte[] wire, int from, int end, int type) {
        return sets.ofType(sets.find(wire, from, end - from), type);
    }
}
