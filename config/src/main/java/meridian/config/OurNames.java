package meridian.config;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import meridian.config.ServiceSection.WrittenService;
import meridian.record.Covers;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RRsets;
import meridian.record.RecordType;
import meridian.record.ZoneContents;
import meridian.record.ZoneNames;
import meridian.topology.Service;

/// What a resolver would find at a name, as far as our own zones tell. Nothing is made of a zone
/// before someone asks for a name in it that none of its records has.
final class OurNames implements AutoCloseable {

    private final SequencedMap<DomainName, ZoneContents> zones;
    private final Set<DomainName> refused;
    private final Map<DomainName, Service> steered = new HashMap<>();
    private final Map<DomainName, Covers> covers = new HashMap<>();
    private final Map<DomainName, ZoneNames> names = new HashMap<>();

    /// @param refused zones with which something is wrong, so that nobody knows what is in them
    OurNames(
            SequencedMap<DomainName, ZoneContents> zones,
            Set<DomainName> refused,
            List<WrittenService> services) {
        this.zones = zones;
        this.refused = refused;
        for (WrittenService one : services)
            one.names().sequencedKeySet().forEach(name -> steered.put(name, one.service()));
    }

    Collection<ZoneContents> zones() {
        return zones.sequencedValues();
    }

    /// The most specific of the zones that the name is in.
    Optional<ZoneContents> zoneOf(DomainName name) {
        for (int labels = 0; labels <= name.labelCount(); labels++) {
            ZoneContents zone = zones.get(name.suffix(labels));
            if (zone != null) return Optional.of(zone);
        }
        return Optional.empty();
    }

    /// Whether the name is in a zone with which something is wrong.
    boolean isRefused(DomainName name) {
        return refused.stream().anyMatch(name::isAtOrBelow);
    }

    /// What takes a name of this zone out of its hands: the topmost NS at or above it, or DNAME
    /// above it.
    Optional<RRset> cover(DomainName name, ZoneContents zone) {
        if (name.equals(zone.apex())) return Optional.empty();
        Covers known = covers.computeIfAbsent(zone.apex(), apex -> new Covers(apex, zone.rrsets()));
        byte[] wire = name.toWire();
        int above = known.from(wire, 1 + wire[0], wire.length);
        int cover = above == RRsets.NONE ? known.cut(wire, 0, wire.length) : above;
        return cover == RRsets.NONE ? Optional.empty() : Optional.of(zone.rrsets().get(cover));
    }

    /// The types that the zone file has at this very name.
    Set<RecordType> written(DomainName name, ZoneContents zone) {
        var types = new TreeSet<RecordType>();
        RRsets sets = zone.rrsets();
        for (int set = first(name, zone); set != RRsets.NONE; set = sets.next(set))
            types.add(new RecordType(sets.type(set)));
        return types;
    }

    /// The types that are found at a name, by a wildcard too: none where there is no such name, or
    /// only names below it. Nothing is told where others answer, or under another name.
    Optional<Set<RecordType>> found(DomainName name) {
        Optional<ZoneContents> zone = zoneOf(name);
        if (zone.isEmpty() || isRefused(name) || cover(name, zone.get()).isPresent())
            return Optional.empty();
        DomainName owner = owner(name, zone.get());
        Set<RecordType> types = written(owner, zone.get());
        Service service = steered.get(owner);
        if (service != null) types.addAll(service.types());
        return Optional.of(types);
    }

    /// Whose records a name has: its own, or those of the wildcard that stands for it.
    private DomainName owner(DomainName name, ZoneContents zone) {
        if (steered.containsKey(name) || first(name, zone) != RRsets.NONE) return name;
        ZoneNames known = names.computeIfAbsent(zone.apex(), _ -> namesOf(zone));
        byte[] wire = name.toWire();
        int encloser = known.encloser(wire);
        int wildcard = encloser == 0 ? 0 : known.wildcard(wire, encloser, wire.length);
        return wildcard == 0 ? name : known.name(wildcard);
    }

    private ZoneNames namesOf(ZoneContents zone) {
        List<DomainName> more = steered.keySet().stream().filter(name -> isIn(name, zone)).toList();
        return new ZoneNames(zone.apex(), zone.rrsets(), more);
    }

    private boolean isIn(DomainName name, ZoneContents zone) {
        return zoneOf(name).map(ZoneContents::apex).filter(zone.apex()::equals).isPresent();
    }

    private static int first(DomainName name, ZoneContents zone) {
        byte[] wire = name.toWire();
        return zone.rrsets().find(wire, 0, wire.length);
    }

    /// Gives back what it takes beside the zones, which stay.
    @Override
    public void close() {
        names.values().forEach(ZoneNames::close);
    }
}
