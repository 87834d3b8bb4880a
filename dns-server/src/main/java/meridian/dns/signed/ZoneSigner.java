package meridian.dns.signed;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import meridian.dns.zone.Proofs;
import meridian.dns.zone.Proofs.Without;
import meridian.dns.zone.SteeredName;
import meridian.dns.zone.Zone;
import meridian.dns.zone.Zone.Custody;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import meridian.record.ZoneContents;
import meridian.signing.Nsec;
import meridian.signing.SigningKey;
import meridian.signing.ZoneKeys;

/// Signs one zone, with its keys as they are at one moment.
public final class ZoneSigner {

    private final ZoneKeys keys;
    private final Signing signing;
    private final Instant at;

    ZoneSigner(ZoneKeys keys, Signing signing) {
        this.keys = keys;
        this.signing = signing;
        this.at = signing.at();
    }

    /// The data of the RRSIG records of a set.
    public List<byte[]> signatures(RRset rrset) {
        return signers(rrset.type()).stream().map(key -> signing.rrsig(rrset, key)).toList();
    }

    /// The same of a set that will be another before long: not kept for later.
    public List<byte[]> passingSignatures(RRset rrset) {
        return signers(rrset.type()).stream().map(key -> signing.passingRrsig(rrset, key)).toList();
    }

    /// What is about the keys is signed by those that the parent names (RFC 7344 §4.1).
    private List<SigningKey> signers(RecordType type) {
        boolean isOfKeys =
                type.equals(RecordType.DNSKEY)
                        || type.equals(RecordType.CDS)
                        || type.equals(RecordType.CDNSKEY);
        return isOfKeys ? keys.entries(at) : keys.signers(at);
    }

    private RRset signed(RRset rrset) {
        return rrset.signedBy(signatures(rrset));
    }

    /// The zone with its keys, a chain of all its names, and signatures of everything but what is
    /// steered.
    ///
    /// @param ttl of a steered name's answers, in seconds
    public Zone sign(
            ZoneContents contents,
            Collection<SteeredName> steered,
            ToLongFunction<SteeredName> ttl) {
        Zone zone = Zone.of(withKeys(contents), steered);
        List<Link> links = links(zone);
        var chain = new ArrayList<RRset>(links.size());
        var without = new HashMap<Without, RRset>();
        for (int i = 0; i < links.size(); i++) {
            Link link = links.get(i);
            DomainName next = links.get((i + 1) % links.size()).owner();
            long negative = zone.negativeSoa().ttl();
            chain.add(nsec(link.owner(), next, link.types(), negative));
            link.steered()
                    .ifPresent(
                            name ->
                                    putWithout(
                                            name,
                                            next,
                                            link.types(),
                                            Math.min(negative, ttl.applyAsLong(name)),
                                            without));
        }
        return zone.proving(new Proofs(signaturesOf(zone), chain, without));
    }

    /// A state in which one type has nothing to answer with, and lives no longer than an answer
    /// would. It leaves the others in: whoever asks for those asks us.
    private void putWithout(
            SteeredName name,
            DomainName next,
            SortedSet<RecordType> types,
            long ttl,
            Map<Without, RRset> without) {
        for (RecordType type : name.types()) {
            var others = new TreeSet<>(types);
            others.remove(type);
            without.put(new Without(name.owner(), type), nsec(name.owner(), next, others, ttl));
        }
    }

    private RRset nsec(DomainName owner, DomainName next, SortedSet<RecordType> types, long ttl) {
        return signed(new RRset(owner, RecordType.NSEC, ttl, List.of(Nsec.rdata(next, types))));
    }

    private ZoneContents withKeys(ZoneContents contents) {
        var all = new ArrayList<RRset>(contents.rrsets());
        long ttl = contents.soa().ttl();
        add(contents.apex(), RecordType.DNSKEY, ttl, dnskeys(keys.published(at)), all);
        add(contents.apex(), RecordType.CDNSKEY, ttl, dnskeys(keys.synced(at)), all);
        List<byte[]> cds = keys.synced(at).stream().map(SigningKey::ds).toList();
        add(contents.apex(), RecordType.CDS, ttl, cds, all);
        return new ZoneContents(contents.apex(), all);
    }

    private static List<byte[]> dnskeys(List<SigningKey> keys) {
        return keys.stream().map(SigningKey::dnskey).toList();
    }

    private static void add(
            DomainName apex, RecordType type, long ttl, List<byte[]> rdata, List<RRset> to) {
        if (!rdata.isEmpty()) to.add(new RRset(apex, type, ttl, rdata));
    }

    /// A name of the chain, with every type that there is at it.
    private record Link(
            DomainName owner, SortedSet<RecordType> types, Optional<SteeredName> steered) {}

    /// In canonical order; without names that exist only because of others below them, and without
    /// what is another's (RFC 4035 §2.3).
    private static List<Link> links(Zone zone) {
        return zone.names()
                .flatMap(held -> link(held).stream())
                .sorted(Comparator.comparing(Link::owner))
                .toList();
    }

    private static Optional<Link> link(Zone.Held held) {
        Custody custody = held.custody();
        if (custody == Custody.ANOTHERS) return Optional.empty();
        Optional<SteeredName> steered = held.steered().filter(_ -> custody == Custody.OURS);
        var types = new TreeSet<>(held.types());
        types.removeIf(type -> custody == Custody.CUT && !isOfCut(type));
        steered.ifPresent(name -> types.addAll(name.types()));
        if (types.isEmpty()) return Optional.empty();
        types.add(RecordType.NSEC);
        types.add(RecordType.RRSIG);
        return Optional.of(new Link(held.name(), types, steered));
    }

    private static boolean isOfCut(RecordType type) {
        return type.equals(RecordType.NS) || type.equals(RecordType.DS);
    }

    /// Of each RRset, none for what is not ours to sign: addresses of others' servers, and who they
    /// are.
    private List<List<byte[]>> signaturesOf(Zone zone) {
        var signatures = new ArrayList<List<byte[]>>(zone.rrsets().size());
        for (int i = 0; i < zone.rrsets().size(); i++) signatures.add(List.of());
        zone.names()
                .forEach(
                        held -> {
                            Custody custody = held.custody();
                            if (custody == Custody.ANOTHERS) return;
                            held.forEachSet(
                                    set -> {
                                        RRset rrset = zone.rrsets().get(set);
                                        boolean isOurs =
                                                custody == Custody.OURS
                                                        || rrset.type().equals(RecordType.DS);
                                        if (isOurs) signatures.set(set, signatures(rrset));
                                    });
                        });
        return signatures;
    }
}
