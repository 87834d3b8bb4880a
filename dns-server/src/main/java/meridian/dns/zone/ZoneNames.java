package meridian.dns.zone;

import java.util.BitSet;
import java.util.Collection;
import java.util.stream.IntStream;
import meridian.record.DomainName;
import meridian.record.Octets;
import meridian.record.RRsets;

/// Which names exist in a zone, and the RRsets that each owns, with no object for any of them.
///
/// A name is found by open addressing in one array, at most half full. What stands there is the
/// name's *place*: of one with records, the first of its RRsets in the zone's order; of a *bare*
/// one, which exists because a name below it does or because it is steered, where its octets are.
///
/// | place | |
/// |---|---|
/// | 0 | there is no such name |
/// | n > 0 | the owner of RRset n - 1 |
/// | n < 0 | bare; its length is at -n, and its octets behind that |
final class ZoneNames {

    /// Where there is no RRset.
    static final int NONE = -1;

    private final DomainName apex;
    private final RRsets sets;

    /// Of each RRset the next of the same owner, or [#NONE].
    private final int[] next;

    /// RRsets that are not the first of their owners.
    private final BitSet later = new BitSet();

    private final Octets bare = new Octets();
    private int[] slots;
    private int count;
    private boolean hasWildcard;

    /// @param more names that exist beside the owners of RRsets
    ZoneNames(DomainName apex, RRsets sets, Collection<DomainName> more) {
        this.apex = apex;
        this.sets = sets;
        this.next = new int[sets.size()];
        this.slots = new int[Integer.highestOneBit(Math.max(1, sets.size())) * 4];
        // From the last to the first: so each is put before the others of its owner.
        for (int set = sets.size() - 1; set >= 0; set--) putOwner(set);
        for (int set = 0; set < next.length; set++)
            if (!later.get(set)) sets.readOwner(set, this::putParents);
        for (DomainName name : more) putBare(name.toWire(), 0, name.wireLength());
        for (DomainName name : more) putParents(name.toWire(), 0, name.wireLength());
    }

    private void putOwner(int set) {
        sets.readOwner(
                set,
                (octets, from, length) -> {
                    int slot = slot(octets, from, length);
                    int place = slots[slot];
                    next[set] = place == 0 ? NONE : first(place);
                    if (place != 0) later.set(first(place));
                    put(slot, set + 1);
                    noteWildcard(octets, from);
                });
    }

    private void noteWildcard(byte[] octets, int from) {
        hasWildcard |= octets[from] == 1 && octets[from + 1] == '*';
    }

    /// All names between one that exists and the apex exist (RFC 4592 §2.2.2).
    private void putParents(byte[] octets, int from, int length) {
        int at = from;
        int end = from + length;
        while (end - at > apex.wireLength()) {
            at += 1 + octets[at];
            if (!putBare(octets, at, end - at)) return;
        }
    }

    /// False if it exists already.
    private boolean putBare(byte[] octets, int from, int length) {
        int slot = slot(octets, from, length);
        if (slots[slot] != 0) return false;
        int at = bare.put8(length);
        bare.put(octets, from, length);
        put(slot, -at);
        noteWildcard(octets, from);
        return true;
    }

    private void put(int slot, int place) {
        if (slots[slot] == 0) count++;
        slots[slot] = place;
        if (count > slots.length / 2) grow();
    }

    private void grow() {
        int[] before = slots;
        slots = new int[2 * before.length];
        for (int place : before) {
            if (place > 0)
                sets.readOwner(
                        place - 1,
                        (octets, from, length) -> slots[slot(octets, from, length)] = place);
            if (place < 0) slots[slot(bare.array(), 1 - place, length(place))] = place;
        }
    }

    /// The place of the name in these octets.
    int find(byte[] octets, int from, int length) {
        return slots[slot(octets, from, length)];
    }

    /// The place of the name that begins at `from` and ends with the octets.
    int find(byte[] octets, int from) {
        return find(octets, from, octets.length - from);
    }

    int find(DomainName name) {
        return find(name.toWire(), 0);
    }

    /// Where the name stands, or would.
    private int slot(byte[] octets, int from, int length) {
        int mask = slots.length - 1;
        int slot = DomainName.mixed(DomainName.hashOf(octets, from, length)) & mask;
        while (slots[slot] != 0 && !isNamed(slots[slot], octets, from, length))
            slot = (slot + 1) & mask;
        return slot;
    }

    private boolean isNamed(int place, byte[] octets, int from, int length) {
        if (place > 0) return sets.isOwnedBy(place - 1, octets, from, length);
        return length(place) == length
                && DomainName.sameIgnoringCase(bare.array(), 1 - place, octets, from, length);
    }

    private int length(int barePlace) {
        return bare.array()[-barePlace] & 0xff;
    }

    DomainName name(int place) {
        return place > 0
                ? sets.owner(place - 1)
                : DomainName.ofWire(bare.array(), 1 - place, length(place));
    }

    /// Of all names, those with records first, in the zone's order.
    IntStream places() {
        IntStream owners =
                IntStream.range(0, next.length).filter(set -> !later.get(set)).map(set -> set + 1);
        IntStream others =
                IntStream.iterate(8, at -> at < bare.size(), at -> at + 1 + length(-at))
                        .map(at -> -at);
        return IntStream.concat(owners, others);
    }

    /// Whether there is a name that begins with an asterisk.
    boolean haveWildcard() {
        return hasWildcard;
    }

    /// The first RRset of a name, or [#NONE].
    int first(int place) {
        return place > 0 ? place - 1 : NONE;
    }

    int next(int set) {
        return next[set];
    }

    /// The RRset of a type, or [#NONE].
    int set(int place, int type) {
        int set = first(place);
        while (set != NONE && sets.type(set) != type) set = next[set];
        return set;
    }
}
