package meridian.dns.transfer;

import static java.util.function.Function.identity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import meridian.dns.signed.ZoneSigner;
import meridian.dns.zone.Proofs;
import meridian.dns.zone.SteeredName;
import meridian.dns.zone.Zone;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;

/// All that a zone says at one moment but for its SOA, as one client hears it.
///
/// @param chosen what is answered of steered names, with signatures
/// @param proofs the records about names that have less than the zone's chain says, by these names
record Content(Zone zone, List<RRset> chosen, Map<DomainName, RRset> proofs) {

    /// @param names that are steered in it
    /// @param answers what the client gets; nothing for NODATA
    /// @param signer if the zone is signed
    static Content of(
            Zone zone,
            Collection<SteeredName> names,
            BiFunction<SteeredName, RecordType, Optional<RRset>> answers,
            Optional<ZoneSigner> signer) {
        var chosen = new ArrayList<RRset>();
        var proofs = new HashMap<DomainName, RRset>();
        for (SteeredName name : names) {
            var missing = new HashSet<RecordType>();
            for (RecordType type : name.types().stream().sorted().toList())
                answers.apply(name, type).ifPresentOrElse(chosen::add, () -> missing.add(type));
            if (!missing.isEmpty() && signer.isPresent())
                zone.proofs()
                        .flatMap(of -> without(of, name, missing, signer.get()))
                        .ifPresent(record -> proofs.put(name.owner(), record));
        }
        return new Content(zone, List.copyOf(chosen), Map.copyOf(proofs));
    }

    private static Optional<RRset> without(
            Proofs proofs, SteeredName name, Set<RecordType> missing, ZoneSigner signer) {
        Optional<RRset> one = proofs.without(name.owner(), missing.iterator().next());
        if (missing.size() == 1) return one;
        return one.map(record -> proofs.chain().denial().without(record, missing))
                .map(record -> record.signedBy(signer.signatures(record)));
    }

    @SuppressWarnings("ReferenceEquality") // a zone that is the same is the same object
    boolean hasSameZone(Content other) {
        return zone == other.zone;
    }

    /// The RRsets, signatures as RRsets of their own. Each is made when it is asked for, so none of
    /// these streams may be a part that `flatMap` unfolds: an iterator over that would hold all of
    /// it.
    Stream<RRset> rrsets() {
        Map<DomainName, RRset> instead =
                proofs.values().stream().collect(Collectors.toMap(RRset::owner, identity()));
        Stream<RRset> chain =
                chain(zone).map(record -> instead.getOrDefault(record.owner(), record));
        Stream<RRset> ofFile =
                IntStream.range(1, zone.rrsets().size()).mapToObj(set -> rrset(zone, set));
        return Stream.concat(Stream.concat(ofFile, chain), chosen.stream())
                .flatMap(Content::withSignatures);
    }

    /// Of those the part in which two contents with the same zone can differ.
    ///
    /// @param proved the names that have proofs of their own in one of them
    Stream<RRset> rrsets(Set<DomainName> proved) {
        return Stream.concat(chosen.stream(), proved.stream().flatMap(name -> about(name).stream()))
                .flatMap(Content::withSignatures);
    }

    private Optional<RRset> about(DomainName name) {
        return Optional.ofNullable(proofs.get(name))
                .or(() -> zone.proofs().flatMap(of -> of.chain().about(name)));
    }

    private static Stream<RRset> chain(Zone zone) {
        return zone.proofs().map(of -> of.chain().records().stream()).orElse(Stream.empty());
    }

    private static RRset rrset(Zone zone, int set) {
        RRset rrset = zone.rrsets().get(set);
        return zone.proofs().map(it -> rrset.signedBy(it.signatures(set))).orElse(rrset);
    }

    static Stream<RRset> withSignatures(RRset rrset) {
        RRset bare = rrset.signedBy(List.of());
        if (rrset.signatures().isEmpty()) return Stream.of(bare);
        return Stream.of(
                bare, new RRset(rrset.owner(), RecordType.RRSIG, rrset.ttl(), rrset.signatures()));
    }

    /// What a zone says whatever is steered, the file's SOA too, whose signature is renewed as
    /// often as that of any other must be.
    private static Stream<RRset> always(Zone zone) {
        Stream<RRset> ofFile =
                IntStream.range(0, zone.rrsets().size()).mapToObj(set -> rrset(zone, set));
        return Stream.concat(ofFile, chain(zone));
    }

    /// Of that part.
    static Digest digest(Zone zone) {
        return Digest.of(always(zone).flatMap(Content::withSignatures));
    }

    /// Records in that part, signatures too.
    static long size(Zone zone) {
        return records(always(zone));
    }

    private static long records(Stream<RRset> rrsets) {
        return rrsets.mapToLong(it -> it.rdata().size() + it.signatures().size()).sum();
    }

    /// Records in all of it, the SOA among them: a name's own proof is in the place of the chain's.
    ///
    /// @param ofZone its zone's
    long size(long ofZone) {
        return ofZone + records(chosen.stream());
    }

    /// Of all of it.
    ///
    /// @param ofZone its zone's
    Digest digest(Digest ofZone) {
        return ofZone.plus(
                Digest.of(
                        Stream.concat(chosen.stream(), proofs.values().stream())
                                .flatMap(Content::withSignatures)));
    }
}
