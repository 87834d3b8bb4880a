package meridian.dns.zone;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import meridian.record.Covers;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RRsets;
import meridian.record.RecordType;
import meridian.record.Targets;
import meridian.record.ZoneContents;
import meridian.record.ZoneNames;

/// One zone, ready to be asked, and never changed. Its records stay octets, and are objects only in
/// what a look-up gives.
///
/// | the name | above it | at it |
/// |---|---|---|
/// | exists | a cut or DNAME: handed on | a cut: referral (but DS); steered; data; CNAME; NODATA |
/// | does not | at or above its closest encloser, likewise | the encloser's wildcard, or NXDOMAIN |
public final class Zone {

    private static final int NONE = ZoneNames.NONE;
    private static final int CNAME = RecordType.CNAME.number();

    private final DomainName apex;
    private final RRsets sets;
    private final ZoneNames names;
    private final Map<DomainName, SteeredName> steered;
    private final RRset negativeSoa;
    private final Lookup.NoData noData;
    private final Lookup.NameError nameError;
    private final Optional<Proofs> proofs;

    private final Covers covers;

    private Zone(ZoneContents contents, Collection<SteeredName> steered) {
        this.apex = contents.apex();
        this.sets = contents.rrsets();
        this.steered = new HashMap<>();
        steered.forEach(this::addSteered);
        this.names = new ZoneNames(apex, sets, this.steered.keySet());
        this.covers = new Covers(apex, sets);
        this.negativeSoa = negativeSoa(contents.soa());
        this.noData = new Lookup.NoData(negativeSoa, List.of());
        this.nameError = new Lookup.NameError(negativeSoa, List.of());
        this.proofs = Optional.empty();
    }

    private Zone(Zone unsigned, Proofs proofs) {
        this.apex = unsigned.apex;
        this.sets = unsigned.sets;
        this.steered = unsigned.steered;
        this.names = unsigned.names;
        this.covers = unsigned.covers;
        this.negativeSoa = unsigned.negativeSoa.signedBy(proofs.signatures(0));
        this.noData = unsigned.noData;
        this.nameError = unsigned.nameError;
        this.proofs = Optional.of(proofs);
    }

    /// The same zone, which can prove what it says.
    public Zone proving(Proofs proofs) {
        return new Zone(this, proofs);
    }

    public boolean isSigned() {
        return proofs.isPresent();
    }

    /// By what it proves what it says, if it is signed.
    public Optional<Proofs> proofs() {
        return proofs;
    }

    /// The zone of a zone file, some of whose names are steered.
    ///
    /// @throws IllegalArgumentException for a steered name that the zone cannot hold
    public static Zone of(ZoneContents contents, Collection<SteeredName> steered) {
        return new Zone(contents, steered);
    }

    private void addSteered(SteeredName name) {
        if (!name.owner().isAtOrBelow(apex))
            throw new IllegalArgumentException(name.owner() + " is not in the zone " + apex);
        if (name.isAlias() && name.owner().equals(apex))
            throw new IllegalArgumentException(
                    name.owner() + " is the apex of its zone and cannot be a CNAME");
        if (steered.put(name.owner(), name) != null)
            throw new IllegalArgumentException(name.owner() + " is steered twice");
    }

    /// A negative answer lives no longer than the SOA's TTL nor its last number (RFC 2308 §5).
    static RRset negativeSoa(RRset soa) {
        byte[] rdata = soa.rdata().getFirst();
        long minimum = ByteBuffer.wrap(rdata).getInt(rdata.length - 4) & 0xffffffffL;
        return soa.livingFor(Math.min(soa.ttl(), minimum));
    }

    public DomainName apex() {
        return apex;
    }

    /// The zone file's RRsets.
    public RRsets rrsets() {
        return sets;
    }

    /// What a name without a type, or without existing, is answered with.
    public RRset negativeSoa() {
        return negativeSoa;
    }

    /// Whose a name is that exists here.
    public enum Custody {
        /// All of it is the zone's own.
        OURS,

        /// It is handed on: DS is the zone's own, and NS is not.
        CUT,

        /// It is below one that is handed on.
        ANOTHERS
    }

    /// A name that exists here, by what tells the questions about it apart.
    public final class Held {

        private final int place;

        private Held(int place) {
            this.place = place;
        }

        public DomainName name() {
            return names.name(place);
        }

        /// Of the records that the zone file has of it.
        public List<RecordType> types() {
            var types = new ArrayList<RecordType>();
            forEachSet(set -> types.add(new RecordType(sets.type(set))));
            return types;
        }

        /// Its RRsets, by their positions in [Zone#rrsets].
        public void forEachSet(IntConsumer action) {
            for (int set = firstSet(); set != NONE; set = names.next(set)) action.accept(set);
        }

        /// The first of them, or [RRsets#NONE].
        public int firstSet() {
            return names.first(place);
        }

        /// Copies its wire form, and gives the length of that.
        public int copyName(byte[] into) {
            return names.copyName(place, into);
        }

        /// What of it the zone has authority over (RFC 4035 §2.2).
        public Custody custody() {
            byte[] wire = name().toWire();
            boolean isApex = wire.length == apex.wireLength();
            if (!isApex && covers.from(wire, 1 + wire[0], wire.length) != NONE)
                return Custody.ANOTHERS;
            return covers.cut(wire, 0, wire.length) == NONE ? Custody.OURS : Custody.CUT;
        }

        public Optional<SteeredName> steered() {
            return Optional.ofNullable(steered.get(name()));
        }

        /// The asterisk just below it.
        public Optional<Held> wildcard() {
            byte[] wire = name().toWire();
            int found = names.wildcard(wire, 0, wire.length);
            return found == 0 ? Optional.empty() : Optional.of(new Held(found));
        }

        /// Whether its own records are all there is to answer with, here and below: no cut and no
        /// DNAME is near, no alias, no wildcard, and nothing is steered.
        ///
        /// @param wire its name, up to `end`
        public boolean isPlain(byte[] wire, int end) {
            return names.set(place, CNAME) == NONE
                    && covers.from(wire, 0, end) == NONE
                    && names.wildcard(wire, 0, end) == 0
                    && (steered.isEmpty() || steered().isEmpty());
        }
    }

    /// Every name that exists here, in no order that means anything.
    public Stream<Held> names() {
        return names.places().mapToObj(Held::new);
    }

    /// Gives back what it takes with its RRsets, which are its own if it is signed; nobody may ask
    /// it any more.
    public void close() {
        names.close();
        sets.close();
    }

    /// How many names exist here.
    public int nameCount() {
        return names.count();
    }

    public boolean holds(DomainName name) {
        return names.find(name) != 0;
    }

    /// What the zone says about a type, and a name at or below its apex.
    public Lookup lookup(DomainName name, RecordType type) {
        byte[] wire = name.toWire();
        int at = names.encloser(wire);
        return at == 0 ? existing(wire, name, type) : missing(wire, at, name, type);
    }

    private Lookup existing(byte[] wire, DomainName name, RecordType type) {
        int above = name.equals(apex) ? NONE : covers.from(wire, 1 + wire[0], wire.length);
        if (above != NONE) return handedOn(above, name);
        int place = names.find(wire, 0, wire.length);
        int cut = covers.cut(wire, 0, wire.length);
        if (cut != NONE && !type.equals(RecordType.DS)) return referral(sets.get(cut));
        return contents(place, name, name, type, List.of());
    }

    /// RFC 4592 §3.3.1: the closest encloser's wildcard, and no other, makes the name.
    private Lookup missing(byte[] wire, int encloser, DomainName name, RecordType type) {
        int cover = covers.from(wire, encloser, wire.length);
        if (cover != NONE) return handedOn(cover, name);
        int wildcard = names.wildcard(wire, encloser, wire.length);
        return wildcard == 0
                ? nameError(wire, encloser)
                : contents(
                        wildcard,
                        names.name(wildcard),
                        name,
                        type,
                        proof(chain -> List.of(chain.missing(wire, encloser))));
    }

    private Lookup nameError(byte[] wire, int encloser) {
        return proofs.isEmpty()
                ? nameError
                : new Lookup.NameError(
                        negativeSoa, proof(chain -> chain.nameError(wire, encloser)));
    }

    /// What there is to show, if the zone is signed.
    private List<RRset> proof(Function<Chain, List<RRset>> shown) {
        return proofs.map(Proofs::chain).map(shown).orElse(List.of());
    }

    /// @param owner whose records these are: the name that was asked for, or a wildcard
    /// @param proof that the name does not exist, if it is a wildcard
    private Lookup contents(
            int place, DomainName owner, DomainName name, RecordType type, List<RRset> proof) {
        Optional<SteeredName> chosen = Optional.ofNullable(steered.get(owner));
        if (type.equals(RecordType.ANY)) return any(place, chosen, owner, name, proof);
        Optional<RecordType> instead = chosen.flatMap(n -> n.instead(type));
        if (instead.isPresent() && !isOfChain(type))
            return steered(chosen.get(), instead.get(), name, proof);
        int found = names.set(place, type.number());
        if (found != NONE) return found(found, name, proof);
        Optional<RRset> ofChain = ofChain(place, owner, type);
        if (ofChain.isPresent())
            return new Lookup.Found(ofChain.get().ownedBy(name), List.of(), proof);
        int cname = names.set(place, CNAME);
        return cname == NONE || isOfChain(type)
                ? noData(owner, proof)
                : alias(rrset(cname).ownedBy(name), proof);
    }

    private Lookup noData(DomainName owner, List<RRset> proof) {
        return proofs.isEmpty()
                ? noData
                : new Lookup.NoData(negativeSoa, proof(chain -> chain.noData(owner, proof)));
    }

    /// Types that a name has beside its alias, since the zone is signed.
    private boolean isOfChain(RecordType type) {
        return proofs.isPresent() && proofs.get().adds(type);
    }

    private Optional<RRset> ofChain(int place, DomainName owner, RecordType type) {
        return isOfChain(type)
                ? proofs.get().added(owner, type, () -> rrsets(place))
                : Optional.empty();
    }

    private Stream<RRset> rrsets(int place) {
        return IntStream.iterate(names.first(place), set -> set != NONE, names::next)
                .mapToObj(this::rrset);
    }

    private Lookup steered(
            SteeredName chosen, RecordType type, DomainName name, List<RRset> proof) {
        List<RRset> ofNothing =
                proofs.map(all -> all.ofNothing(chosen.owner(), type, proof)).orElse(List.of());
        return new Lookup.Steered(chosen, type, name, negativeSoa, proof, ofNothing);
    }

    /// One RRset is answer enough (RFC 8482 §4.1): a steered one, or the first.
    private Lookup any(
            int place,
            Optional<SteeredName> chosen,
            DomainName owner,
            DomainName name,
            List<RRset> proof) {
        if (chosen.isPresent()) return steered(chosen.get(), chosen.get().first(), name, proof);
        int first = names.first(place);
        return first == NONE ? noData(owner, proof) : found(first, name, proof);
    }

    private Lookup.Found found(int set, DomainName name, List<RRset> proof) {
        RRset rrset = rrset(set);
        List<RRset> additional =
                Targets.of(rrset).stream().flatMap(at -> beside(rrset, at).stream()).toList();
        return new Lookup.Found(
                rrset.owner().equals(name) ? rrset : rrset.ownedBy(name), additional, proof);
    }

    /// With its signatures, if it has any.
    private RRset rrset(int set) {
        RRset rrset = sets.get(set);
        return proofs.map(it -> rrset.signedBy(it.signatures(set))).orElse(rrset);
    }

    private static Lookup.Alias alias(RRset cname, List<RRset> proof) {
        byte[] target = cname.rdata().getFirst();
        return new Lookup.Alias(List.of(cname), DomainName.ofWire(target, 0, target.length), proof);
    }

    private Lookup handedOn(int cover, DomainName name) {
        RRset rrset = rrset(cover);
        return rrset.type().equals(RecordType.NS) ? referral(rrset) : renamed(rrset, name);
    }

    /// Addresses at or below the cut are known here only; the others could be asked for.
    private Lookup.Referral referral(RRset ns) {
        var glue = new ArrayList<RRset>();
        var additional = new ArrayList<RRset>();
        for (DomainName server : Targets.of(ns))
            (server.isAtOrBelow(ns.owner()) ? glue : additional).addAll(beside(ns, server));
        Optional<RRset> ds = rrset(ns.owner(), RecordType.DS);
        List<RRset> proof =
                ds.isPresent() ? List.of() : proof(chain -> chain.noData(ns.owner(), List.of()));
        return new Lookup.Referral(ns, ds, glue, additional, proof);
    }

    /// RFC 6672 §3.1: the CNAME is made with the DNAME's TTL.
    private static Lookup renamed(RRset dname, DomainName name) {
        byte[] rdata = dname.rdata().getFirst();
        DomainName target = DomainName.ofWire(rdata, 0, rdata.length);
        int kept = name.wireLength() - dname.owner().wireLength();
        if (kept + target.wireLength() > DomainName.MAX_LENGTH) return new Lookup.TooLong(dname);
        DomainName renamed = name.withSuffix(dname.owner(), target);
        var cname = new RRset(name, RecordType.CNAME, dname.ttl(), List.of(renamed.toWire()));
        return new Lookup.Alias(List.of(dname, cname), renamed, List.of());
    }

    private List<RRset> beside(RRset asked, DomainName name) {
        return Targets.types(asked.type()).flatMap(type -> rrset(name, type).stream()).toList();
    }

    private Optional<RRset> rrset(DomainName name, RecordType type) {
        int set = names.set(names.find(name), type.number());
        return set == NONE ? Optional.empty() : Optional.of(rrset(set));
    }
}
