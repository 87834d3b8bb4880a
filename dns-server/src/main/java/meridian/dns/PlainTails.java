package meridian.dns;

import meridian.dns.wire.Header;
import meridian.dns.wire.Question;
import meridian.record.Octets;
import meridian.record.RRsets;

/// Tails that are one RRset as it stands: of those types whose data the
/// [ResponseWriter][meridian.dns.wire.ResponseWriter] writes as they are, and beside which nothing
/// belongs. A zone of a million names is mostly these, and they are copied from octets to octets.
///
/// That the writer would give the same octets is `FastPathTest`'s to show, as of all tails.
final class PlainTails {

    /// To the name right behind the header, which owns the records.
    private static final int POINTER = 0xc000 | Header.LENGTH;

    /// Octets of a record but for its data.
    private static final int RECORD_HEAD = 12;

    private PlainTails() {}

    /// Whether records of this type have no name in them that is compressed, or whose addresses
    /// belong beside it.
    static boolean has(int type) {
        return switch (type) {
            case 2, 5, 6, 12 -> false; // NS, CNAME, SOA, PTR
            case 15, 33, 64, 65 -> false; // MX, SRV, SVCB, HTTPS
            default -> true;
        };
    }

    /// The tail of a question for this RRset; 0 if it is too long.
    ///
    /// @param qname octets of its owner, which is not the root
    static int put(RRsets sets, int set, int qname, Octets octets) {
        int length = length(sets, set);
        if (length > Tails.MAX_LENGTH) return 0;
        octets.reserve(Tails.TAIL_POINTERS + length);
        int tail = octets.put16(Header.AA);
        octets.put16(sets.records(set));
        octets.put32(0);
        octets.put16(length);
        octets.put8(qname);
        octets.put8(0);
        for (int at = sets.firstRecord(set); at != RRsets.NO_RECORD; at = sets.nextRecord(at)) {
            octets.put16(POINTER);
            octets.put16(sets.type(set));
            octets.put16(Question.IN);
            octets.put32((int) sets.ttl(set));
            octets.put16(sets.dataLength(at));
            octets.put(sets.data(at), 0, sets.dataLength(at));
        }
        return tail;
    }

    private static int length(RRsets sets, int set) {
        int length = 0;
        for (int at = sets.firstRecord(set); at != RRsets.NO_RECORD; at = sets.nextRecord(at))
            length += RECORD_HEAD + sets.dataLength(at);
        return length;
    }
}
