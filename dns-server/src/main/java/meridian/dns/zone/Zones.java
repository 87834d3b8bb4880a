package meridian.dns.zone;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;
import meridian.record.DomainName;
import meridian.record.RecordType;

/// All zones we serve. The most specific one that contains a name answers for it; the parent
/// answers for a child's DS (RFC 4035 §3.1.4.1).
public final class Zones {

    private static final Lookup NOT_OURS = new Lookup.NotOurs();

    private final NameTable<Zone> zones;

    /// All of these zones.
    ///
    /// @throws IllegalArgumentException if two zones have the same apex
    public Zones(Collection<Zone> zones) {
        this.zones =
                new NameTable<>(
                        zones.stream().collect(toMap(Zone::apex, identity(), Zones::refuseTwice)));
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
        return zone.isPresent() ? zone.get().lookup(name, type) : NOT_OURS;
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
