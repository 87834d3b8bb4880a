package meridian.dns.signed;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import meridian.dns.zone.Chain;
import meridian.dns.zone.HashedChain;
import meridian.dns.zone.NsecChain;
import meridian.dns.zone.Proofs;
import meridian.dns.zone.Proofs.Without;
import meridian.dns.zone.SteeredName;
import meridian.dns.zone.Zone;
import meridian.dns.zone.Zone.Custody;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import meridian.record.ZoneContents;
import meridian.signing.Denial;
import meridian.signing.SigningKey;
import meridian.signing.ZoneKeys;
import meridian.signing.ZoneSigning;

/// Signs one zone, with its keys as they are at one moment.
public final class ZoneSigner {

    private final ZoneKeys keys;
    private final Denial denial;
    private final Signing signing;
    private final SignatureStore store;
    private final Instant at;

    ZoneSigner(ZoneSigning how, Signing signing, SignatureStore store) {
        this(how.keys(), how.denial(), signing, store);
    }

    private ZoneSigner(ZoneKeys keys, Denial denial, Signing signing, SignatureStore store) {
        this.keys = keys;
        this.denial = denial;
        this.signing = signing;
        this.store = store;
        this.at = signing.at();
    }

    /// What signs the answers of a steered name in this zone.
    public ZoneSigner ofSteered(DomainName owner) {
        return new ZoneSigner(keys, denial, signing, store.ofSteered(owner));
    }

    /// From now on all is signed again that is to be known; what neither is, nor was before, is
    /// forgotten.
    public void turn() {
        store.turn();
    }

    /// The data of the RRSIG records of a set.
    public List<byte[]> signatures(RRset rrset, Occasion occasion) {
        return signers(rrset.type()).stream()
                .map(key -> signing.rrsig(store, rrset, key, occasion))
                .toList();
    }

    /// The same ahead.
    public List<byte[]> signatures(RRset rrset) {
        return signatures(rrset, Occasion.AHEAD);
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
        Zone zone = Zone.of(withMade(contents), steered);
        List<Link> links = Link.of(zone, denial);
        var records = new ArrayList<RRset>(links.size());
        var without = new HashMap<Without, RRset>();
        for (int i = 0; i < links.size(); i++) {
            Link link = links.get(i);
            Link next = links.get((i + 1) % links.size());
            RRset record = link.record(denial, next, zone.negativeSoa().ttl());
            records.add(record);
            link.steered().ifPresent(name -> putWithout(name, record, ttl, without));
        }
        List<RRset> chain = AllCores.map(records, this::signed);
        return zone.proving(new Proofs(signaturesOf(zone), chain(chain), without));
    }

    private Chain chain(List<RRset> records) {
        return switch (denial) {
            case NSEC -> new NsecChain(records);
            case NSEC3 -> new HashedChain(records);
        };
    }

    /// A state in which one type has nothing to answer with, and lives no longer than an answer
    /// would. It leaves the others in: whoever asks for those asks us.
    private void putWithout(
            SteeredName name,
            RRset record,
            ToLongFunction<SteeredName> ttl,
            Map<Without, RRset> without) {
        RRset living = record.livingFor(Math.min(record.ttl(), ttl.applyAsLong(name)));
        for (RecordType type : name.types())
            without.put(
                    new Without(name.owner(), type), signed(denial.without(living, Set.of(type))));
    }

    private ZoneContents withMade(ZoneContents contents) {
        var all = new ArrayList<RRset>(contents.rrsets());
        long ttl = contents.soa().ttl();
        add(contents.apex(), RecordType.DNSKEY, ttl, dnskeys(keys.published(at)), all);
        add(contents.apex(), RecordType.CDNSKEY, ttl, dnskeys(keys.synced(at)), all);
        List<byte[]> cds = keys.synced(at).stream().map(SigningKey::ds).toList();
        add(contents.apex(), RecordType.CDS, ttl, cds, all);
        denial.parameters()
                .ifPresent(
                        of -> add(contents.apex(), RecordType.NSEC3PARAM, ttl, List.of(of), all));
        return new ZoneContents(contents.apex(), all);
    }

    private static List<byte[]> dnskeys(List<SigningKey> keys) {
        return keys.stream().map(SigningKey::dnskey).toList();
    }

    private static void add(
            DomainName apex, RecordType type, long ttl, List<byte[]> rdata, List<RRset> to) {
        if (!rdata.isEmpty()) to.add(new RRset(apex, type, ttl, rdata));
    }

    /// Of each RRset, none for what is not ours to sign: addresses of others' servers, and who they
    /// are.
    private List<List<byte[]>> signaturesOf(Zone zone) {
        var ours = new BitSet();
        zone.names()
                .forEach(
                        held -> {
                            Custody custody = held.custody();
                            if (custody == Custody.ANOTHERS) return;
                            held.forEachSet(
                                    set -> {
                                        int type = zone.rrsets().type(set);
                                        boolean isOurs =
                                                custody == Custody.OURS
                                                        || type == RecordType.DS.number();
                                        if (isOurs) ours.set(set);
                                    });
                        });
        List<Integer> all = IntStream.range(0, zone.rrsets().size()).boxed().toList();
        return AllCores.map(
                all, set -> ours.get(set) ? signatures(zone.rrsets().get(set)) : List.of());
    }
}
