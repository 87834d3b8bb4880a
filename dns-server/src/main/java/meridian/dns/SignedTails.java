package meridian.dns;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import meridian.dns.wire.Answer;
import meridian.dns.wire.Rcode;
import meridian.dns.zone.HashedChain;
import meridian.dns.zone.Lookup;
import meridian.dns.zone.NsecChain;
import meridian.dns.zone.SteeredName;
import meridian.dns.zone.Zone;
import meridian.dns.zone.Zones;
import meridian.record.DomainName;
import meridian.record.Octets;
import meridian.record.RRset;
import meridian.record.RecordType;
import meridian.signing.Nsec3;

/// The entries of names in signed zones for whoever asks for signatures: every tail has them, and
/// the proofs that belong to it.
///
/// That a name does not exist is proved by whatever is before it. So below each name there is a
/// tail for each gap between those that do exist, found by [CanonicalKey].
final class SignedTails {

    /// Each name has a proof of its own, of some 500 octets: a zone of more names takes so much
    /// memory that the responder is asked instead.
    private static final int MOST_NAMES = 100_000;

    private static final int MOST_GAPS = 20_000;

    /// Of all tails, for there is room for four times as much, and nothing is refused for want of
    /// these.
    private static final int MOST_OCTETS = 1 << 28;

    private final Zones zones;
    private final TailWriter writer;
    private final Octets octets;
    private final CanonicalKey key = new CanonicalKey();
    private final List<HashTails> chains = new ArrayList<>();
    private final Map<DomainName, Integer> chainOf = new HashMap<>();

    SignedTails(Zones zones, TailWriter writer, Octets octets) {
        this.zones = zones;
        this.writer = writer.signing();
        this.octets = octets;
    }

    /// Whether there are any of a zone.
    static boolean are(Zone zone) {
        return zone.isSigned() && zone.nameCount() <= MOST_NAMES;
    }

    private Optional<Zone> zone(DomainName name) {
        return zones.closest(name).filter(SignedTails::are);
    }

    /// The entry of a name that exists, or 0.
    ///
    /// @param types that have answers of their own, but for what is steered
    int exact(DomainName name, Optional<SteeredName> steered, List<RecordType> types) {
        if (zone(name).isEmpty() || octets.size() > MOST_OCTETS) return 0;
        int[] tails = types.stream().mapToInt(type -> tail(name, type, Optional.empty())).toArray();
        int others = tail(name, Specimen.absent(types), Optional.empty());
        return new Entry(others, false, 0).with(steered).put(types, tails, octets);
    }

    /// The entry of names that do not exist below one that does, or 0.
    ///
    /// @param outcome for a specimen of them
    int below(DomainName encloser, Lookup outcome) {
        Optional<Zone> zone = zone(encloser);
        if (zone.isEmpty()) return 0;
        return switch (outcome) {
            case Lookup.NameError error -> below(zone.get(), encloser, error.soa());
            case Lookup.Referral _ -> referral(encloser);
            default -> 0;
        };
    }

    private int referral(DomainName encloser) {
        DomainName nobody = Nobody.below(encloser).orElseThrow();
        int tail = tail(nobody, Specimen.absent(List.of()), Optional.of(encloser));
        return tail == 0 ? 0 : new Entry(tail, false, 0).put(List.of(), new int[0], octets);
    }

    private int below(Zone zone, DomainName encloser, RRset soa) {
        return switch (zone.proofs().orElseThrow().chain()) {
            case NsecChain names -> gaps(names, encloser, soa);
            case HashedChain hashes -> hashes(zone.apex(), hashes, encloser, soa);
        };
    }

    /// Where in the chain a name would stand has nothing to do with its encloser, so all that
    /// belongs to this is one tail, and each record of the chain another.
    private int hashes(DomainName apex, HashedChain chain, DomainName encloser, RRset soa) {
        if (octets.size() > MOST_OCTETS) return 0;
        int index = chainOf.computeIfAbsent(apex, _ -> put(apex, chain));
        List<RRset> proof = chain.ofEncloser(encloser);
        int tail = nameError(encloser, Stream.concat(Stream.of(soa), proof.stream()).toList());
        if (tail == 0) return 0;
        HashTails tails = chains.get(index);
        octets.reserve(16);
        int hashes = octets.put32(tail);
        octets.put32(index);
        octets.put32(tails.covering(Nsec3.hashIn(proof.getFirst().owner())));
        octets.put32(tails.covering(Nsec3.hashIn(proof.getLast().owner())));
        return new Entry(-1, 0, Tails.HASHES, hashes, 0).put(List.of(), new int[0], octets);
    }

    private int put(DomainName apex, HashedChain chain) {
        int[] tails =
                chain.records().stream()
                        .mapToInt(record -> nameError(apex, List.of(record)))
                        .toArray();
        chains.add(new HashTails(chain.records(), tails));
        return chains.size() - 1;
    }

    /// Those of all zones whose names are hashed.
    List<HashTails> chains() {
        return chains;
    }

    private int gaps(NsecChain names, DomainName encloser, RRset soa) {
        List<RRset> chain = lastOfEach(names.around(encloser), encloser);
        if (chain.size() > MOST_GAPS || octets.size() > MOST_OCTETS) return 0;
        RRset noWildcard = names.around(encloser.wildcard()).getFirst();
        int[] keys = new int[chain.size()];
        int[] tails = new int[chain.size()];
        for (int i = 0; i < keys.length; i++) {
            RRset before = chain.get(i);
            DomainName owner = before.owner();
            boolean isBelow = owner.isBelow(encloser);
            key.set(owner.toWire(), isBelow ? owner.wireLength() - encloser.wireLength() : 0);
            keys[i] = key.put(octets);
            List<RRset> authority =
                    before.equals(noWildcard)
                            ? List.of(soa, before)
                            : List.of(soa, before, noWildcard);
            tails[i] = nameError(encloser, authority);
        }
        octets.reserve(4 + Tails.GAP * keys.length);
        int gaps = octets.put32(keys.length);
        for (int i = 0; i < keys.length; i++) {
            octets.put32(keys[i]);
            octets.put32(tails[i]);
        }
        return new Entry(-1, 0, Tails.GAPS, gaps, 0).put(List.of(), new int[0], octets);
    }

    /// What is before a name that does not exist below an encloser is the last of all that is below
    /// some name just below it, or the encloser's own.
    private static List<RRset> lastOfEach(List<RRset> chain, DomainName encloser) {
        var last = new ArrayList<RRset>();
        for (int i = 0; i < chain.size(); i++)
            if (i + 1 == chain.size()
                    || !child(chain.get(i), encloser).equals(child(chain.get(i + 1), encloser)))
                last.add(chain.get(i));
        return last;
    }

    /// The name just below the encloser that an NSEC is at or below; or its own, if it is not.
    private static DomainName child(RRset nsec, DomainName encloser) {
        DomainName owner = nsec.owner();
        return owner.isBelow(encloser)
                ? owner.suffix(owner.labelCount() - encloser.labelCount() - 1)
                : owner;
    }

    private int nameError(DomainName encloser, List<RRset> authority) {
        var answer =
                new Answer(Rcode.NXDOMAIN, true, List.of(), authority, List.of(), List.of(), 0);
        DomainName nobody = Nobody.below(encloser).orElseThrow();
        return writer.write(
                nobody, answer, Optional.of(encloser), new HashSet<>(), TailWriter.NOBODYS);
    }

    /// What leads to a steered name has no tail: the signatures at its end are that service's.
    private int tail(DomainName asked, RecordType type, Optional<DomainName> encloser) {
        Specimen specimen = Specimen.of(zones, asked, type, true);
        if (!specimen.isReady() || specimen.service() != TailWriter.NOBODYS) return 0;
        return writer.write(
                asked, specimen.answer(), encloser, new HashSet<>(), TailWriter.NOBODYS);
    }
}
