package meridian.dns.zone;

import static java.util.stream.Collectors.groupingBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import meridian.record.ZoneContents;

/// Makes a [Zone]: finds which names exist and what covers them, and prepares the outcomes that do
/// not depend on the question.
///
/// Covers are found from the apex down, for a name inherits them; nodes are made from the leaves
/// up, for a node holds its wildcard. Both need no more order than the number of labels.
final class ZoneBuilder {

    private static final RecordType[] ADDRESSES = {RecordType.A, RecordType.AAAA};

    private final ZoneContents contents;
    private final Map<DomainName, SteeredName> steered = new HashMap<>();
    private final Map<DomainName, List<RRset>> names = new HashMap<>();

    /// What covers the names below a name: most have nothing.
    private final Map<DomainName, Node.Cover> below = new HashMap<>();

    /// Wildcards that are made, by their parents.
    private final Map<DomainName, Node> wildcards = new HashMap<>();

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
        DomainName name = owner;
        while (!name.equals(contents.apex())) {
            name = name.parent();
            if (names.putIfAbsent(name, List.of()) != null) return;
        }
    }

    Zone zone() {
        List<List<DomainName>> byLabels = byLabels();
        for (List<DomainName> some : byLabels) some.forEach(this::findCoverBelow);
        Map<DomainName, Node> nodes = HashMap.newHashMap(names.size());
        for (List<DomainName> some : byLabels.reversed())
            some.forEach(name -> nodes.put(name, node(name)));
        return new Zone(contents.apex(), new NameTable<>(nodes), negativeSoa());
    }

    private List<List<DomainName>> byLabels() {
        var byLabels = new ArrayList<List<DomainName>>();
        for (DomainName name : names.keySet()) {
            int labels = name.labelCount();
            while (byLabels.size() <= labels) byLabels.add(new ArrayList<>());
            byLabels.get(labels).add(name);
        }
        return byLabels;
    }

    private void findCoverBelow(DomainName name) {
        coverAbove(name)
                .or(() -> cut(name).map(Node.Cover.Cut::new))
                .or(() -> rrset(name, RecordType.DNAME).map(ZoneBuilder::renamed))
                .ifPresent(cover -> below.put(name, cover));
    }

    private Optional<Node.Cover> coverAbove(DomainName name) {
        if (below.isEmpty() || name.equals(contents.apex())) return Optional.empty();
        return Optional.ofNullable(below.get(name.parent()));
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

    private Node node(DomainName name) {
        List<RRset> rrsets = names.getOrDefault(name, List.of());
        var found = new ArrayList<Lookup.Found>(rrsets.size());
        for (RRset rrset : rrsets) found.add(found(rrset));
        var node =
                new Node(
                        name,
                        List.copyOf(found),
                        Optional.ofNullable(steered.get(name)),
                        coverAbove(name),
                        cut(name),
                        Optional.ofNullable(below.get(name)),
                        Optional.ofNullable(wildcards.get(name)));
        if (name.isWildcard()) wildcards.put(name.parent(), node);
        return node;
    }

    private Lookup.Found found(RRset rrset) {
        List<DomainName> targets = targets(rrset);
        return new Lookup.Found(
                rrset,
                targets.isEmpty()
                        ? List.of()
                        : targets.stream().flatMap(t -> addresses(t).stream()).toList());
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
        for (RRset rrset : names.getOrDefault(name, List.of())) {
            if (rrset.type().equals(type)) return Optional.of(rrset);
        }
        return Optional.empty();
    }

    /// A negative answer lives no longer than the SOA's TTL nor its last number (RFC 2308 §5).
    private RRset negativeSoa() {
        RRset soa = contents.soa();
        byte[] rdata = soa.rdata().getFirst();
        long minimum = ByteBuffer.wrap(rdata).getInt(rdata.length - 4) & 0xffffffffL;
        return new RRset(soa.owner(), soa.type(), Math.min(soa.ttl(), minimum), soa.rdata());
    }
}
