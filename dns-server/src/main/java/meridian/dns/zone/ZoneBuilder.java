package meridian.dns.zone;

import static java.util.stream.Collectors.groupingBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.TreeMap;
import java.util.stream.Stream;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import meridian.record.ZoneContents;

/// Makes a [Zone]: finds which names exist and what covers them, and prepares the outcomes that do
/// not depend on the question.
///
/// Covers are found from the apex down, for a name inherits them; nodes are made from the leaves
/// up, for a node holds its wildcard. The canonical order of names puts each after its parent.
final class ZoneBuilder {

    private static final RecordType[] ADDRESSES = {RecordType.A, RecordType.AAAA};

    private final ZoneContents contents;
    private final Map<DomainName, SteeredName> steered = new HashMap<>();
    private final TreeMap<DomainName, List<RRset>> names = new TreeMap<>();
    private final Map<DomainName, Optional<Node.Cover>> below = new HashMap<>();

    ZoneBuilder(ZoneContents contents, Collection<SteeredName> steered) {
        this.contents = contents;
        Map<DomainName, List<RRset>> byOwner =
                contents.rrsets().stream().collect(groupingBy(RRset::owner));
        byOwner.forEach(this::addName);
        steered.forEach(this::addSteered);
    }

    private void addSteered(SteeredName name) {
        if (!name.owner().isAtOrBelow(contents.apex())) {
            throw new IllegalArgumentException(
                    name.owner() + " is not in the zone " + contents.apex());
        }
        if (name.isAlias() && name.owner().equals(contents.apex())) {
            throw new IllegalArgumentException(
                    name.owner() + " is the apex of its zone and cannot be a CNAME");
        }
        if (steered.put(name.owner(), name) != null) {
            throw new IllegalArgumentException(name.owner() + " is steered twice");
        }
        addName(name.owner(), names.getOrDefault(name.owner(), List.of()));
    }

    /// A name exists if it owns records, and so do all between it and the apex (RFC 4592 §2.2.2).
    private void addName(DomainName owner, List<RRset> rrsets) {
        names.put(owner, rrsets);
        for (DomainName name = owner; !name.equals(contents.apex()); name = name.parent()) {
            names.putIfAbsent(name, List.of());
        }
    }

    Zone zone() {
        names.keySet().forEach(name -> below.put(name, coverBelow(name)));
        var nodes = new HashMap<DomainName, Node>();
        SequencedCollection<DomainName> leavesFirst = names.sequencedKeySet().reversed();
        for (DomainName name : leavesFirst) nodes.put(name, node(name, nodes));
        return new Zone(contents.apex(), new NameTable<>(nodes), negativeSoa());
    }

    private Optional<Node.Cover> coverBelow(DomainName name) {
        return coverAbove(name)
                .or(() -> cut(name).map(Node.Cover.Cut::new))
                .or(() -> rrset(name, RecordType.DNAME).map(ZoneBuilder::renamed));
    }

    private Optional<Node.Cover> coverAbove(DomainName name) {
        if (name.equals(contents.apex())) return Optional.empty();
        return below.getOrDefault(name.parent(), Optional.empty());
    }

    private static Node.Cover renamed(RRset dname) {
        return new Node.Cover.Renamed(dname, nameIn(dname.rdata().getFirst(), 0));
    }

    private Optional<Lookup.Referral> cut(DomainName name) {
        if (name.equals(contents.apex())) return Optional.empty();
        return rrset(name, RecordType.NS).map(this::referral);
    }

    /// Addresses at or below the cut are known here only; the others could be asked for.
    private Lookup.Referral referral(RRset ns) {
        var glue = new ArrayList<RRset>();
        var additional = new ArrayList<RRset>();
        for (DomainName server : targets(ns)) {
            (server.isAtOrBelow(ns.owner()) ? glue : additional).addAll(addresses(server));
        }
        return new Lookup.Referral(
                ns, rrset(ns.owner(), RecordType.DS), List.copyOf(glue), List.copyOf(additional));
    }

    private Node node(DomainName name, Map<DomainName, Node> made) {
        List<Lookup.Found> found =
                names.getOrDefault(name, List.of()).stream().map(this::found).toList();
        return new Node(
                name,
                found,
                Optional.ofNullable(steered.get(name)),
                coverAbove(name),
                cut(name),
                below.getOrDefault(name, Optional.empty()),
                wildcard(name, made));
    }

    private static Optional<Node> wildcard(DomainName name, Map<DomainName, Node> made) {
        if (name.wireLength() + 2 > DomainName.MAX_LENGTH) return Optional.empty();
        return Optional.ofNullable(made.get(name.wildcard()));
    }

    private Lookup.Found found(RRset rrset) {
        return new Lookup.Found(
                rrset, targets(rrset).stream().flatMap(t -> addresses(t).stream()).toList());
    }

    /// The names in an RRset whose addresses its reader will want next.
    private static List<DomainName> targets(RRset rrset) {
        int nameAt = targetOffset(rrset.type());
        if (nameAt < 0) return List.of();
        return rrset.rdata().stream().map(rdata -> nameIn(rdata, nameAt)).distinct().toList();
    }

    /// Where in the data the name stands, or -1 for types whose names are not followed.
    private static int targetOffset(RecordType type) {
        return switch (type.number()) {
            case 2 -> 0; // NS
            case 15, 64, 65 -> 2; // MX, SVCB, HTTPS
            case 33 -> 6; // SRV
            default -> -1;
        };
    }

    private static DomainName nameIn(byte[] rdata, int at) {
        int end = at;
        while (rdata[end] != 0) end += 1 + rdata[end];
        return DomainName.ofWire(rdata, at, end + 1 - at);
    }

    private List<RRset> addresses(DomainName name) {
        return Stream.of(ADDRESSES).flatMap(type -> rrset(name, type).stream()).toList();
    }

    private Optional<RRset> rrset(DomainName name, RecordType type) {
        return names.getOrDefault(name, List.of()).stream()
                .filter(rrset -> rrset.type().equals(type))
                .findFirst();
    }

    /// A negative answer lives no longer than the SOA's TTL nor its last number (RFC 2308 §5).
    private RRset negativeSoa() {
        RRset soa = contents.soa();
        byte[] rdata = soa.rdata().getFirst();
        long minimum = ByteBuffer.wrap(rdata).getInt(rdata.length - 4) & 0xffffffffL;
        return new RRset(soa.owner(), soa.type(), Math.min(soa.ttl(), minimum), soa.rdata());
    }
}
