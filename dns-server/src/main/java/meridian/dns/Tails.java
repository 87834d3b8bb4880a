package meridian.dns;

import static meridian.dns.BigEndian.LONGS;
import static meridian.dns.BigEndian.SHORTS;

import java.util.Arrays;
import java.util.List;
import meridian.dns.zone.Zones;
import meridian.record.DomainName;
import meridian.record.Octets;
import meridian.record.RRsets;

/// What is ready of the responses to questions about our zones: for every name, and for all that do
/// not exist below one, by type, the *tail*, which is everything behind the question but OPT.
///
/// ```
/// header | question, copied as it was asked | tail | OPT, if the query had one
/// ```
///
/// Tails are written by the [ResponseWriter][meridian.dns.wire.ResponseWriter] to a specimen
/// question and cut from its response, so there is one encoder and one that decides what is said. A
/// tail that serves many names, such as a zone's NXDOMAIN, has pointers into the question, whose
/// end is elsewhere in each: they are moved by the difference while it is copied.
///
/// All of it is octets, and a hash table of where each name's begin: a zone of a million names is
/// no million objects. Most of those have nothing but records that are answered as they are, and no
/// tail: the zone's own octets serve. An offset of 0 means that there is none, and that the
/// responder is to be asked.
///
/// ```
/// node   exact entry 4 | entry of names below 4 | length of the name 1 | name, in lower case
/// plain  ~zone, which is negative 4 | first RRset 4
/// entry  service 4 | flags 1 | types 1 | tail of other types, or gaps 4
///        | entry for DO; in that gaps of what follows, or the number of the chain of hashes 4
///        | position among the service's names 4 | (type 2 | tail 4) ...
/// gaps   count 4 | (key 4 | tail 4) ...
/// key    length 2 | key, see [CanonicalKey]
/// tail   flags 2 | records in each section 2+2+2 | length 2 | length of the specimen's QNAME 1
///        | pointers 1 | (where a pointer stands 2) ... | octets
///        | if LINKS is among its flags: service 4 | position of the name at its end 4 | owner of its records 2
///        | if it is followed by another, which hashes tell: positions of two records that it has 4+4
/// ```
public final class Tails implements AutoCloseable {

    /// No tail is longer: what is, nobody should send over UDP.
    static final int MAX_LENGTH = 4096;

    /// A flag of a tail that has the aliases alone on the way to a steered name (where a response's
    /// flags have TC, which no tail has): that name's addresses are to follow.
    public static final int LINKS = 0x0200;

    static final int NODE_NAME = 9;
    static final int ENTRY_TYPES = 18;
    static final int GAP = 8;
    static final int TAIL_POINTERS = 12;

    /// Octets that a tail has behind it at most.
    static final int BEHIND = 10;

    private static final int NONE = -1;

    static final int STEERS_A = 1;
    static final int STEERS_AAAA = 2;

    /// Beside the steered types: for DO there are signatures, and another entry.
    static final int SIGNED = 4;

    /// Of an entry for DO: the tail of other types depends on where between the names of the zone
    /// one would stand that does not exist, and so does what follows the others.
    static final int GAPS = 8;

    /// Of an entry for DO: tails of names that do not exist are to be followed by another, which
    /// the hash of the next closer name tells.
    static final int HASHES = 0x80;

    static final int STEERS_SVCB = 16;
    static final int STEERS_HTTPS = 32;

    private static final int MOST_NAMES = 1 << 25;
    private static final int TYPE_A = 1;
    private static final int TYPE_AAAA = 28;
    private static final int TYPE_SVCB = 64;
    private static final int TYPE_HTTPS = 65;
    private static final int OPT = 41;
    private static final int RRSIG = 46;
    private static final int NSEC = 47;
    private static final int DS = 43;
    private static final int META = 128;
    private static final int ANY = 255;

    /// Zeros that are read behind a name, in its last eight octets.
    public static final int PADDING = 8;

    /// Where a pointer to the whole QNAME leads: right behind the header, in every response.
    private static final int QNAME = 12;

    private final Octets octets;

    /// The upper half of a slot is that of the name's hash, the lower half the node's offset; so a
    /// name that is not there costs one read, and one that is there two.
    private final Octets slots;

    private final int mask;
    private final PlainZone[] zones;
    private final HashTails[] chains;
    private final int refused;

    /// A zone of which many names have nothing but records, and are asked for these.
    ///
    /// @param noData the tail of types that such a name has not
    /// @param below the entry of names that do not exist below one
    public record PlainZone(RRsets sets, int noData, int below, boolean isSigned) {}

    /// @param nodes where in the octets they are, four octets each
    /// @param refused the tail for names outside of all zones
    /// @param chains of the zones whose names are hashed
    Tails(Octets octets, Octets nodes, List<PlainZone> zones, List<HashTails> chains, int refused) {
        int count = nodes.size() / Integer.BYTES;
        if (count > MOST_NAMES)
            throw new IllegalArgumentException(
                    "zones of more than " + MOST_NAMES + " names in all are not served");
        this.octets = octets;
        this.slots = Octets.ofZeros(Long.BYTES * Math.max(2, Integer.highestOneBit(count) * 4));
        this.mask = slots.size() / Long.BYTES - 1;
        this.zones = zones.toArray(PlainZone[]::new);
        this.chains = chains.toArray(HashTails[]::new);
        this.refused = refused;
        byte[] name = new byte[DomainName.MAX_LENGTH + PADDING];
        for (int i = 0; i < count; i++) put(nodes.get32(Integer.BYTES * i), name);
    }

    private void put(int node, byte[] name) {
        int length = copyName(node, name);
        Arrays.fill(name, length, length + PADDING, (byte) 0);
        long hash = hash(name, 0, length);
        int slot = (int) hash & mask;
        while (slots.get64(Long.BYTES * slot) != 0) slot = (slot + 1) & mask;
        slots.set64(Long.BYTES * slot, hash >>> 32 << 32 | node);
    }

    private int copyName(int node, byte[] name) {
        if (!isPlainNode(node)) {
            int length = octets.get8(node + NODE_NAME - 1);
            octets.copy(node + NODE_NAME, name, 0, length);
            return length;
        }
        int length = plainZone(node).sets().copyOwner(set(node), name, 0);
        for (int i = 0; i < length; i++) name[i] = DomainName.lower(name[i]);
        return length;
    }

    /// Whether a question of this type is about records: all others, and those for DS, which
    /// another zone may have to answer, are the responder's.
    public static boolean isPlain(int type) {
        return type != 0 && type != DS && type != OPT && (type < META || type > ANY);
    }

    /// Makes the tails of all zones; a part of a second for a million names, so never where a query
    /// waits.
    public static Tails of(Zones zones) {
        return new TailCompiler(zones).tails();
    }

    /// What it takes up.
    public long bytes() {
        return octets.bytes()
                + slots.bytes()
                + Arrays.stream(chains).mapToLong(HashTails::bytes).sum();
    }

    /// The node of a name, or of the end of one.
    ///
    /// @param name in lower case, with eight zeros after `end`
    public int find(byte[] name, int from, int end) {
        long hash = hash(name, from, end);
        for (int slot = (int) hash & mask; ; slot = (slot + 1) & mask) {
            long candidate = slots.get64(Long.BYTES * slot);
            if (candidate == 0) return 0;
            if ((candidate ^ hash) >>> 32 == 0 && isNamed((int) candidate, name, from, end))
                return (int) candidate;
        }
    }

    private boolean isNamed(int node, byte[] name, int from, int end) {
        if (isPlainNode(node))
            return plainZone(node).sets().isOwnedBy(set(node), name, from, end - from);
        return octets.get8(node + NODE_NAME - 1) == end - from
                && octets.areAt(node + NODE_NAME, name, from, end - from);
    }

    /// Whether a name has nothing but records, and only such as are answered as they are: then it
    /// has no entry, but a zone and the first of its RRsets there.
    public boolean isPlainNode(int node) {
        return octets.get32(node) < 0;
    }

    public PlainZone plainZone(int node) {
        return zones[~octets.get32(node)];
    }

    /// The first RRset of a plain node.
    public int set(int node) {
        return octets.get32(node + 4);
    }

    /// Eight octets at a time: a chain of four multiplications for a usual name, and not of thirty.
    static long hash(byte[] name, int from, int end) {
        long hash = (long) end - from;
        for (int at = from; at < end; at += 8) {
            hash = (hash ^ (long) LONGS.get(name, at)) * 0x9E37_79B9_7F4A_7C15L;
            hash ^= hash >>> 32;
        }
        return hash;
    }

    /// The entry of the name itself.
    public int exact(int node) {
        return octets.get32(node);
    }

    /// The entry of names that do not exist below it.
    public int below(int node) {
        return isPlainNode(node) ? plainZone(node).below() : octets.get32(node + 4);
    }

    /// Whether records of this type are chosen for each client, by the service of this entry.
    public boolean steers(int entry, int type) {
        int steered = octets.get8(entry + 4);
        return (type == TYPE_A && (steered & STEERS_A) != 0)
                || (type == TYPE_AAAA && (steered & STEERS_AAAA) != 0)
                || (type == TYPE_HTTPS && (steered & STEERS_HTTPS) != 0)
                || (type == TYPE_SVCB && (steered & STEERS_SVCB) != 0);
    }

    /// Whether an entry is of a signed zone, or of an alias that may lead into one.
    public boolean isSigned(int entry) {
        return (octets.get8(entry + 4) & SIGNED) != 0;
    }

    /// Whether a question is about what a signed zone has beside its records.
    public static boolean isOfChain(int type) {
        return type == RRSIG || type == NSEC;
    }

    /// The entry of the same name for whoever asks for signatures, or 0.
    public int withSignatures(int entry) {
        return octets.get32(entry + 10);
    }

    /// Which of its service's names this is.
    public int position(int entry) {
        return octets.get32(entry + 14);
    }

    /// Whether what an entry for DO has depends on which name does not exist.
    public boolean isOfMissing(int entry) {
        return (octets.get8(entry + 4) & (GAPS | HASHES)) != 0;
    }

    /// The tail of an entry for DO.
    public int tail(int entry, int type, MissingName missing) {
        int own = ofType(entry, type);
        if (own != NONE) return own;
        return (octets.get8(entry + 4) & GAPS) == 0
                ? negative(entry)
                : ofGap(negative(entry), missing);
    }

    /// The tail that follows it: of the record that shows the name not to exist. 0 if it has that.
    public int proof(int entry, int type, MissingName missing) {
        boolean isOther = ofType(entry, type) == NONE && !steers(entry, type);
        int places = octets.get32(entry + 10);
        if ((octets.get8(entry + 4) & GAPS) != 0) return isOther ? 0 : ofGap(places, missing);
        HashTails chain = chains[places - 1];
        int index = chain.covering(missing);
        return isOther && has(negative(entry), index) ? 0 : chain.tail(index);
    }

    private boolean has(int tail, int index) {
        int behind = behind(tail);
        return octets.get32(behind) == index || octets.get32(behind + 4) == index;
    }

    private int ofGap(int gaps, MissingName missing) {
        CanonicalKey key = missing.key();
        int low = 0;
        int high = octets.get32(gaps) - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            int at = octets.get32(gaps + 4 + GAP * middle);
            if (key.compareTo(octets, at) >= 0) low = middle;
            else high = middle - 1;
        }
        return octets.get32(gaps + 8 + GAP * low);
    }

    /// The position of the service that steers.
    public int service(int entry) {
        return octets.get32(entry);
    }

    public int tail(int entry, int type) {
        int own = ofType(entry, type);
        return own == NONE ? negative(entry) : own;
    }

    private int ofType(int entry, int type) {
        int end = entry + ENTRY_TYPES + 6 * octets.get8(entry + 5);
        for (int at = entry + ENTRY_TYPES; at < end; at += 6) {
            if (octets.get16(at) == type) return octets.get32(at + 2);
        }
        return NONE;
    }

    /// The tail of types that the name has not.
    public int negative(int entry) {
        return octets.get32(entry + 6);
    }

    /// The tail for names outside of all zones.
    public int refused() {
        return refused;
    }

    /// AA and the rcode.
    public int flags(int tail) {
        return octets.get16(tail);
    }

    /// How many records its answer, authority and additional sections have, in the three upper
    /// quarters.
    public long counts(int tail) {
        return octets.get64(tail + 2) >>> 16 << 16;
    }

    public int length(int tail) {
        return octets.get16(tail + 8);
    }

    /// Copies the octets of a tail behind a question, or behind another tail. What points into the
    /// question moves with its end, what points into the tail with the tail.
    ///
    /// @param qname octets of the QNAME
    public void copy(int tail, byte[] out, int at, int qname) {
        int pointers = octets.get8(tail + 11);
        int first = tail + TAIL_POINTERS;
        octets.copy(first + 2 * pointers, out, at, length(tail));
        int specimen = octets.get8(tail + 10);
        int begin = QNAME + specimen + 4;
        if (at == begin && qname == specimen) return;
        for (int i = 0; i < pointers; i++) {
            int pointer = at + octets.get16(first + 2 * i);
            short target = (short) SHORTS.get(out, pointer);
            int to = target & 0x3fff;
            if (to == QNAME) continue;
            int shift = to < begin ? qname - specimen : at - begin;
            SHORTS.set(out, pointer, (short) (target + shift));
        }
    }

    /// The service whose records follow a tail of links.
    public int serviceBehind(int tail) {
        return octets.get32(behind(tail));
    }

    /// Which of that service's names is at the end of a tail of links.
    public int positionBehind(int tail) {
        return octets.get32(behind(tail) + 4);
    }

    /// The pointer that owns the records behind a tail of links.
    public short ownerBehind(int tail, int qname) {
        short owner = (short) octets.get16(behind(tail) + 8);
        int shift = qname - octets.get8(tail + 10);
        return (owner & 0x3fff) == QNAME ? owner : (short) (owner + shift);
    }

    private int behind(int tail) {
        return tail + TAIL_POINTERS + 2 * octets.get8(tail + 11) + length(tail);
    }

    /// Gives what it takes back at once; nobody may read it any more.
    @Override
    public void close() {
        octets.close();
        slots.close();
        for (HashTails chain : chains) chain.close();
    }
}
