package meridian.dns.zone;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;

/// All zones we serve. The most specific one that contains a name answers for it; the parent
/// answers for a child's DS (RFC 4035 §3.1.4.1).
public final class Zones {

    private static final Lookup NOT_OURS = new Lookup.NotOurs();

    private final NameTable<Zone> zones;

    /// Those whose serial moves while nothing in their files does.
    private final Set<DomainName> moving;

    /// The SOA that such a zone has at the moment.
    private final Map<DomainName, MovedSoa> moved;

    private Zones(NameTable<Zone> zones, Set<DomainName> moving, Map<DomainName, MovedSoa> moved) {
        this.zones = zones;
        this.moving = moving;
        this.moved = moved;
    }

    /// All of these zones.
    ///
    /// @throws IllegalArgumentException if two zones have the same apex
    public Zones(Collection<Zone> zones) {
        this(zones, Set.of());
    }

    /// All of these zones.
    ///
    /// @param moving those whose serial moves, by apex
    /// @throws IllegalArgumentException if two zones have the same apex
    public Zones(Collection<Zone> zones, Set<DomainName> moving) {
        this(
                new NameTable<>(
                        zones.stream().collect(toMap(Zone::apex, identity(), Zones::refuseTwice))),
                Set.copyOf(moving),
                Map.of());
    }

    /// The same zones, those that move with these SOAs.
    public Zones with(Map<DomainName, RRset> soas) {
        if (moving.isEmpty()) return this;
        var shown = new HashMap<DomainName, MovedSoa>();
        soas.forEach((apex, soa) -> shown.put(apex, new MovedSoa(soa)));
        shown.keySet().retainAll(moving);
        return new Zones(zones, moving, Map.copyOf(shown));
    }

    /// With what a zone that moves is shown, if it has moved.
    public Optional<RRset> soa(DomainName apex) {
        return Optional.ofNullable(moved.get(apex)).map(MovedSoa::soa);
    }

    /// What a name of one of them is answered with that has no such type, or does not exist.
    public RRset negativeSoa(Zone zone) {
        MovedSoa soa = moved.get(zone.apex());
        return soa == null ? zone.negativeSoa() : soa.negative();
    }

    /// Whether the serial of a zone moves: nothing with its SOA in it can be made ready.
    public boolean isMoving(DomainName apex) {
        return moving.contains(apex);
    }

    private static Zone refuseTwice(Zone one, Zone other) {
        throw new IllegalArgumentException("the zone " + other.apex() + " is there twice");
    }

    public Stream<Zone> all() {
        return zones.values();
    }

    /// The most specific zone that contains this name.
    public Optional<Zone> closest(DomainName name) {
        return closest(name, 0);
    }

    public Lookup lookup(DomainName name, RecordType type) {
        Optional<Zone> zone = answering(name, type);
        return zone.isPresent() ? lookup(zone.get(), name, type) : NOT_OURS;
    }

    private Lookup lookup(Zone zone, DomainName name, RecordType type) {
        Lookup found = zone.lookup(name, type);
        MovedSoa soa = moved.isEmpty() ? null : moved.get(zone.apex());
        return soa == null ? found : soa.in(found);
    }

    /// The zone that is asked about this name and type.
    public Optional<Zone> answering(DomainName name, RecordType type) {
        Optional<Zone> zone = closest(name, 0);
        boolean isOfParent =
                type.equals(RecordType.DS) && zone.isPresent() && zone.get().apex().equals(name);
        return isOfParent ? parent(name).or(() -> zone) : zone;
    }

    private Optional<Zone> parent(DomainName name) {
        return name.isRoot() ? Optional.empty() : closest(name, 1 + name.wireAt(0));
    }

    private Optional<Zone> closest(DomainName name, int from) {
        for (int at = from; ; at += 1 + name.wireAt(at)) {
            Optional<Zone> zone = zones.get(name, at);
            if (zone.isPresent() || name.wireAt(at) == 0) return zone;
        }
    }
}
