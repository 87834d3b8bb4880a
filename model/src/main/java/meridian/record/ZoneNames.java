package meridian.record;

import java.util.Collection;
import java.util.stream.IntStream;

/// Which names exist in a zone, and the RRsets that each owns, with no object for any of them.
///
/// A name is known by its *place*: one with records by the first of its RRsets; a *bare* one, which
/// exists because a name below it does or because it is steered, by where its octets are.
///
/// | place | |
/// |---|---|
/// | 0 | there is no such name |
/// | n > 0 | the owner of RRset n - 1 |
/// | n < 0 | bare; its length is at -n, and its octets behind that |
public final class ZoneNames implements AutoCloseable {

    /// Where there is no RRset.
    public static final int NONE = RRsets.NONE;

    private static final int LEAST_SLOTS = 16;

    private final DomainName apex;
    private final RRsets sets;
    private final Octets bare = new Octets();

    /// Of bare names, by open addressing, where each is; 0 where there is none. At most half full.
    private Octets slots = Octets.ofZeros(4 * LEAST_SLOTS);

    private int mask = LEAST_SLOTS - 1;
    private int count;

    /// Whether any name begins with an asterisk: most zones need not look for one.
    private boolean hasWildcard;

    /// @param more names that exist beside the owners of RRsets
    public ZoneNames(DomainName apex, RRsets sets, Collection<DomainName> more) {
        this.apex = apex;
        this.sets = sets;
        // So that none is at 0.
        bare.put32(0);
        byte[] name = new byte[DomainName.MAX_LENGTH];
        for (int set = 0; set < sets.size(); set++) {
            if (!sets.isFirst(set)) continue;
            int length = sets.copyOwner(set, name, 0);
            noteWildcard(name, 0);
            putParents(name, 0, length);
        }
        for (DomainName one : more) {
            byte[] wire = one.toWire();
            if (find(wire, 0, wire.length) == 0) putBare(wire, 0, wire.length);
            putParents(wire, 0, wire.length);
        }
    }

    private void noteWildcard(byte[] octets, int from) {
        hasWildcard |= octets[from] == 1 && octets[from + 1] == '*';
    }

    /// All names between one that exists and the apex, which has its SOA, exist (RFC 4592 §2.2.2).
    private void putParents(byte[] octets, int from, int end) {
        for (int at = from; end - at > apex.wireLength(); ) {
            at += 1 + octets[at];
            if (end - at == apex.wireLength() || find(octets, at, end) != 0) return;
            putBare(octets, at, end);
        }
    }

    private void putBare(byte[] octets, int from, int end) {
        noteWildcard(octets, from);
        int at = bare.reserve(1 + end - from);
        bare.put8(end - from);
        bare.put(octets, from, end - from);
        slots.set32(slot(octets, from, end), at);
        if (2 * ++count > mask) grow();
    }

    private void grow() {
        byte[] name = new byte[DomainName.MAX_LENGTH];
        int[] all = barePlaces().toArray();
        slots.close();
        slots = Octets.ofZeros(4 * 2 * (mask + 1));
        mask = 2 * mask + 1;
        for (int place : all) {
            slots.set32(slot(name, 0, copyName(place, name)), -place);
        }
    }

    /// The place of the name in these octets.
    public int find(byte[] octets, int from, int end) {
        int set = sets.find(octets, from, end - from);
        if (set != NONE) return set + 1;
        return count == 0 ? 0 : -slots.get32(slot(octets, from, end));
    }

    public int find(DomainName name) {
        byte[] wire = name.toWire();
        return find(wire, 0, wire.length);
    }

    /// Where in the wire form of a name at or below the apex its closest encloser begins: at 0 if
    /// the name itself exists. No wildcard but the encloser's makes the name (RFC 4592 §3.3.1).
    public int encloser(byte[] wire) {
        int at = 0;
        while (find(wire, at, wire.length) == 0) at += 1 + wire[at];
        return at;
    }

    /// The place of the asterisk just below the name that begins at `from`, or 0.
    public int wildcard(byte[] wire, int from, int end) {
        if (!hasWildcard) return 0;
        byte[] wildcard = new byte[2 + end - from];
        wildcard[0] = 1;
        wildcard[1] = '*';
        System.arraycopy(wire, from, wildcard, 2, end - from);
        return find(wildcard, 0, wildcard.length);
    }

    /// Where a bare name stands, or would.
    private int slot(byte[] octets, int from, int end) {
        int slot = DomainName.mixed(DomainName.hashOf(octets, from, end - from)) & mask;
        for (; ; slot = (slot + 1) & mask) {
            int at = slots.get32(4 * slot);
            if (at == 0 || isBareAt(at, octets, from, end)) return 4 * slot;
        }
    }

    private boolean isBareAt(int at, byte[] octets, int from, int end) {
        return bare.get8(at) == end - from && bare.isNamedAt(at + 1, octets, from, end - from);
    }

    /// Copies the wire form of a name.
    ///
    /// @return its length
    public int copyName(int place, byte[] into) {
        if (place > 0) return sets.copyOwner(place - 1, into, 0);
        int length = bare.get8(-place);
        bare.copy(1 - place, into, 0, length);
        return length;
    }

    public DomainName name(int place) {
        byte[] name = new byte[DomainName.MAX_LENGTH];
        return DomainName.ofWire(name, 0, copyName(place, name));
    }

    /// Of all names, those with records first, in the zone's order.
    public IntStream places() {
        return IntStream.concat(
                IntStream.range(0, sets.size()).filter(sets::isFirst).map(set -> set + 1),
                barePlaces());
    }

    private IntStream barePlaces() {
        return IntStream.range(0, mask + 1)
                .map(slot -> slots.get32(4 * slot))
                .filter(at -> at != 0)
                .map(at -> -at);
    }

    /// How many there are.
    public int count() {
        return sets.owners() + count;
    }

    /// The first RRset of a name, or [#NONE].
    public int first(int place) {
        return place > 0 ? place - 1 : NONE;
    }

    public int next(int set) {
        return sets.next(set);
    }

    /// The RRset of a type, or [#NONE].
    public int set(int place, int type) {
        return sets.ofType(first(place), type);
    }

    /// Gives what the bare names take back at once.
    @Override
    public void close() {
        bare.close();
        slots.close();
    }
}
