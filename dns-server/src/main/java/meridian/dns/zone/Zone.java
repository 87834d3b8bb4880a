package meridian.dns.zone;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import meridian.record.ZoneContents;

/// One zone, ready to be asked, and never changed.
///
/// | the name | above it | at it |
/// |---|---|---|
/// | exists | a cut or DNAME: handed on | a cut: referral (but DS); steered; data; CNAME; NODATA |
/// | does not | at or above its closest encloser, likewise | the encloser's wildcard, or NXDOMAIN |
public final class Zone {

    private final DomainName apex;
    private final NameTable<Node> nodes;
    private final Lookup.NoData noData;
    private final Lookup.NameError nameError;

    Zone(DomainName apex, NameTable<Node> nodes, RRset negativeSoa) {
        this.apex = apex;
        this.nodes = nodes;
        this.noData = new Lookup.NoData(negativeSoa);
        this.nameError = new Lookup.NameError(negativeSoa);
    }

    /// The zone of a zone file, some of whose names are steered.
    ///
    /// @throws IllegalArgumentException for a steered name that the zone cannot hold
    public static Zone of(ZoneContents contents, Collection<SteeredName> steered) {
        return new ZoneBuilder(contents, steered).zone();
    }

    public DomainName apex() {
        return apex;
    }

    /// A name that exists here, by what tells the questions about it apart.
    ///
    /// @param types of the records that the zone file has of it
    /// @param wildcard the asterisk just below it
    public record Held(
            DomainName name,
            List<RecordType> types,
            Optional<SteeredName> steered,
            Optional<Held> wildcard) {

        private static Held of(Node node) {
            return new Held(
                    node.name(),
                    node.found().stream().map(found -> found.rrset().type()).toList(),
                    node.steered(),
                    node.wildcard().map(Held::of));
        }
    }

    /// Every name that exists here, in no order.
    public Stream<Held> names() {
        return nodes.values().map(Held::of);
    }

    public boolean holds(DomainName name) {
        return nodes.get(name, 0).isPresent();
    }

    /// What the zone says about a name and type.
    ///
    /// @param name at or below the apex
    public Lookup lookup(DomainName name, RecordType type) {
        int at = 0;
        Optional<Node> closest = nodes.get(name, at);
        while (closest.isEmpty()) {
            at += 1 + name.wireAt(at);
            closest = nodes.get(name, at);
        }
        return at == 0 ? existing(closest.get(), name, type) : missing(closest.get(), name, type);
    }

    private Lookup existing(Node node, DomainName name, RecordType type) {
        if (node.above().isPresent()) return handedOn(node.above().get(), name);
        if (node.cut().isPresent() && !type.equals(RecordType.DS)) return node.cut().get();
        return contents(node, name, type);
    }

    /// RFC 4592 §3.3.1: the closest encloser's wildcard, and no other, makes the name.
    private Lookup missing(Node encloser, DomainName name, RecordType type) {
        if (encloser.below().isPresent()) return handedOn(encloser.below().get(), name);
        return encloser.wildcard().map(node -> contents(node, name, type)).orElse(nameError);
    }

    private Lookup contents(Node node, DomainName name, RecordType type) {
        if (type.equals(RecordType.ANY)) return any(node, name);
        Optional<RecordType> steered = node.steered().flatMap(n -> n.instead(type));
        if (steered.isPresent()) return steered(node, steered.get(), name);
        Optional<Lookup.Found> found = node.found(type);
        if (found.isPresent()) return owned(found.get(), node, name);
        return node.found(RecordType.CNAME)
                .map(cname -> (Lookup) alias(cname.rrset().ownedBy(name)))
                .orElse(noData);
    }

    private Lookup steered(Node node, RecordType type, DomainName name) {
        return new Lookup.Steered(node.steered().orElseThrow(), type, name, noData.soa());
    }

    /// One RRset is answer enough (RFC 8482 §4.1): a steered one, or the first.
    private Lookup any(Node node, DomainName name) {
        if (node.steered().isPresent()) return steered(node, node.steered().get().first(), name);
        return node.found().isEmpty() ? noData : owned(node.found().getFirst(), node, name);
    }

    private static Lookup.Found owned(Lookup.Found found, Node node, DomainName name) {
        if (node.name().equals(name)) return found;
        return new Lookup.Found(found.rrset().ownedBy(name), found.additional());
    }

    private static Lookup.Alias alias(RRset cname) {
        byte[] target = cname.rdata().getFirst();
        return new Lookup.Alias(List.of(cname), DomainName.ofWire(target, 0, target.length));
    }

    private static Lookup handedOn(Node.Cover cover, DomainName name) {
        return switch (cover) {
            case Node.Cover.Cut(var referral) -> referral;
            case Node.Cover.Renamed(var dname, var target) -> renamed(dname, target, name);
        };
    }

    /// RFC 6672 §3.1: the CNAME is made with the DNAME's TTL.
    private static Lookup renamed(RRset dname, DomainName target, DomainName name) {
        int kept = name.wireLength() - dname.owner().wireLength();
        if (kept + target.wireLength() > DomainName.MAX_LENGTH) return new Lookup.TooLong(dname);
        DomainName renamed = name.withSuffix(dname.owner(), target);
        var cname = new RRset(name, RecordType.CNAME, dname.ttl(), List.of(renamed.toWire()));
        return new Lookup.Alias(List.of(dname, cname), renamed);
    }
}
