package meridian.dns;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import meridian.dns.zone.SteeredName;
import meridian.record.Octets;
import meridian.record.RecordType;

/// What a name, or all names that do not exist below one, are answered with: an entry of [Tails]
/// but for the tails of its types.
///
/// @param service that steers, or -1
/// @param position of the name among that service's
/// @param flags of [Tails]
/// @param others the tail of other types, or the gaps
/// @param forDo the entry for whoever asks for signatures, or 0; in that, where what follows is
record Entry(int service, int position, int flags, int others, int forDo) {

    private static final int NOBODYS = -1;

    /// Of what is not steered.
    Entry(int others, boolean isSigned, int forDo) {
        this(NOBODYS, 0, isSigned ? Tails.SIGNED : 0, others, forDo);
    }

    /// Of names that do not exist, for whoever asks for signatures.
    ///
    /// @param places where what follows is: gaps, or the number of a chain
    static Entry ofMissing(int others, int flag, int places) {
        return new Entry(NOBODYS, 0, flag, others, places);
    }

    /// The same, steered.
    Entry with(Optional<SteeredName> steered) {
        return steered.map(
                        name ->
                                new Entry(
                                        name.index(),
                                        name.position(),
                                        flags | bits(name.types()),
                                        others,
                                        forDo))
                .orElse(this);
    }

    /// @param tails of the types, at the same positions
    int put(List<RecordType> types, int[] tails, Octets octets) {
        octets.reserve(Tails.ENTRY_TYPES + 6 * tails.length);
        int entry = octets.put32(service);
        octets.put8(flags);
        octets.put8(tails.length);
        octets.put32(others);
        octets.put32(forDo);
        octets.put32(position);
        for (int i = 0; i < tails.length; i++) {
            octets.put16(types.get(i).number());
            octets.put32(tails[i]);
        }
        return entry;
    }

    /// Whether the fast path knows of this type that it is steered.
    static boolean hasBit(RecordType type) {
        return bits(Set.of(type)) != 0;
    }

    private static int bits(Set<RecordType> types) {
        return (types.contains(RecordType.A) ? Tails.STEERS_A : 0)
                | (types.contains(RecordType.AAAA) ? Tails.STEERS_AAAA : 0)
                | (types.contains(RecordType.SVCB) ? Tails.STEERS_SVCB : 0)
                | (types.contains(RecordType.HTTPS) ? Tails.STEERS_HTTPS : 0);
    }
}
