package meridian.dns;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import meridian.dns.wire.Answer;
import meridian.dns.wire.Rcode;
import meridian.dns.zone.Chain;
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

/// The entries of names in signed zones for whoever asks for signatures: every tail has them, and
/// the proofs that belong to it.
///
/// That a name does not exist is proved by one record of the zone's chain. In one of names that is
/// whatever is before it; so below each name there is a tail for each gap between those that do
/// exist, found by [CanonicalKey]. In one of hashes it may be any, and is a tail of its own that
/// follows another.
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
        return octets.size() > MOST_OCTETS
                ? Optional.empty()
                : zones.closest(name).filter(SignedTails::are);
    }

    /// The entry of a name that exists, or 0.
    ///
    /// @param leadsOn whether it is an alias into our zones, so that each type ends elsewhere
    /// @param types that have answers of their own, but for what is steered
    int exact(
            DomainName name,
            boolean leadsOn,
            Optional<SteeredName> steered,
            List<RecordType> types) {
        if (zone(name).isEmpty()) return 0;
        int[] tails = types.stream().mapToInt(type -> tail(name, type)).toArray();
        int others = leadsOn ? 0 : tail(name, Specimen.absent(types));
        return new Entry(others, false, 0).with(steered).put(types, tails, octets);
    }

    private int tail(DomainName asked, RecordType type) {
        Specimen specimen = Specimen.of(zones, asked, type, true);
        return specimen.isReady()
                ? writer.write(
                        asked,
                        specimen.answer(),
                        Optional.empty(),
                        new HashSet<>(),
                        specimen.steered())
                : 0;
    }

    /// The entry of names that do not exist below one that does, or 0.
    ///
    /// @param outcome for a specimen of them, and a type that none has
    /// @param steered the wildcard that makes them, if it is steered
    /// @param types that have answers of their own, but for what is steered
    int below(
            DomainName encloser,
            Lookup outcome,
            Optional<SteeredName> steered,
            List<RecordType> types) {
        Optional<Zone> zone = zone(encloser);
        if (zone.isEmpty()) return 0;
        return switch (outcome) {
            case Lookup.Referral _ -> referral(encloser);
            case Lookup.NameError(var soa, var _) ->
                    missing(
                            zone.get(),
                            new Below(encloser, Rcode.NXDOMAIN, soa, steered, types),
                            chain -> chain.noWildcard(encloser));
            case Lookup.NoData(var soa, var _) ->
                    missing(
                            zone.get(),
                            new Below(encloser, Rcode.NOERROR, soa, steered, types),
                            chain -> chain.ofWildcard(encloser.wildcard()));
            case Lookup.Found _, Lookup.Steered _, Lookup.Alias _ -> 0;
            case Lookup.TooLong _, Lookup.NotOurs _ -> 0;
        };
    }

    private int referral(DomainName encloser) {
        DomainName nobody = Nobody.below(encloser).orElseThrow();
        Answer answer = Specimen.of(zones, nobody, Specimen.absent(List.of()), true).answer();
        int tail = write(encloser, answer);
        return tail == 0 ? 0 : new Entry(tail, false, 0).put(List.of(), new int[0], octets);
    }

    /// Names below an encloser, and what other types of them are answered with.
    private record Below(
            DomainName encloser,
            Rcode rcode,
            RRset soa,
            Optional<SteeredName> steered,
            List<RecordType> types) {

        /// @param proof beside the SOA
        Answer answer(List<RRset> proof) {
            List<RRset> authority = Stream.concat(Stream.of(soa), proof.stream()).toList();
            return new Answer(rcode, true, List.of(), authority, List.of(), List.of(), 0);
        }
    }

    /// @param always what is said of all of them that do not exist
    private int missing(Zone zone, Below of, Function<Chain, List<RRset>> always) {
        Chain chain = zone.proofs().orElseThrow().chain();
        List<RRset> proof = always.apply(chain);
        Optional<Entry> entry =
                switch (chain) {
                    case NsecChain names -> gaps(names, of, proof);
                    case HashedChain hashes -> hashes(zone.apex(), hashes, of, proof);
                };
        int[] tails = of.types.stream().mapToInt(type -> ofWildcard(of.encloser, type)).toArray();
        return entry.map(it -> it.with(of.steered).put(of.types, tails, octets)).orElse(0);
    }

    /// The records of a wildcard, where these are all that the answer has beside the proof.
    private int ofWildcard(DomainName encloser, RecordType type) {
        DomainName nobody = Nobody.below(encloser).orElseThrow();
        return zones.lookup(nobody, type) instanceof Lookup.Found(var rrset, var _, var _)
                        && PlainTails.has(type.number())
                ? write(encloser, answer(List.of(rrset), List.of()))
                : 0;
    }

    private static Answer answer(List<RRset> answer, List<RRset> authority) {
        return new Answer(Rcode.NOERROR, true, answer, authority, List.of(), List.of(), 0);
    }

    private Optional<Entry> gaps(NsecChain names, Below of, List<RRset> proof) {
        List<RRset> before = lastOfEach(names.around(of.encloser), of.encloser);
        if (before.size() > MOST_GAPS) return Optional.empty();
        int[] keys = before.stream().mapToInt(nsec -> key(nsec.owner(), of.encloser)).toArray();
        Function<RRset, Answer> other = nsec -> of.answer(Chain.joined(proof, List.of(nsec)));
        int others = putGaps(of.encloser, keys, before, other);
        boolean hasOnlyOthers = of.types.isEmpty() && of.steered.isEmpty();
        Function<RRset, Answer> alone = nsec -> answer(List.of(), List.of(nsec));
        int proofs = hasOnlyOthers ? 0 : putGaps(of.encloser, keys, before, alone);
        return Optional.of(Entry.ofMissing(others, Tails.GAPS, proofs));
    }

    private int key(DomainName owner, DomainName encloser) {
        boolean isBelow = owner.isBelow(encloser);
        key.set(owner.toWire(), isBelow ? owner.wireLength() - encloser.wireLength() : 0);
        return key.put(octets);
    }

    private int putGaps(
            DomainName encloser, int[] keys, List<RRset> before, Function<RRset, Answer> answer) {
        int[] tails =
                before.stream().mapToInt(nsec -> write(encloser, answer.apply(nsec))).toArray();
        octets.reserve(4 + Tails.GAP * keys.length);
        int gaps = octets.put32(keys.length);
        for (int i = 0; i < keys.length; i++) {
            octets.put32(keys[i]);
            octets.put32(tails[i]);
        }
        return gaps;
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

    private Optional<Entry> hashes(
            DomainName apex, HashedChain chain, Below of, List<RRset> proof) {
        int number = chainOf.computeIfAbsent(apex, _ -> put(apex, chain));
        if (number == 0) return Optional.empty();
        HashTails tails = chains.get(number - 1);
        int others =
                writer.writeBeforeProof(
                        Nobody.below(of.encloser).orElseThrow(),
                        of.answer(proof),
                        of.encloser,
                        proof.stream().map(record -> tails.position(record)).toList());
        return others == 0
                ? Optional.empty()
                : Optional.of(Entry.ofMissing(others, Tails.HASHES, number));
    }

    /// The number of the chain, or 0 if some record has no tail.
    private int put(DomainName apex, HashedChain chain) {
        int[] tails =
                chain.records().stream()
                        .mapToInt(record -> write(apex, answer(List.of(), List.of(record))))
                        .toArray();
        if (IntStream.of(tails).anyMatch(tail -> tail == 0)) return 0;
        chains.add(new HashTails(chain.records(), tails));
        return chains.size();
    }

    /// Those of all zones whose names are hashed, in the order of their numbers, from 1 on.
    List<HashTails> chains() {
        return chains;
    }

    private int write(DomainName encloser, Answer answer) {
        DomainName nobody = Nobody.below(encloser).orElseThrow();
        return writer.write(
                nobody, answer, Optional.of(encloser), new HashSet<>(), Optional.empty());
    }
}
