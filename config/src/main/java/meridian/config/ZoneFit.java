package meridian.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import meridian.config.ServiceSection.WrittenService;
import meridian.config.source.Problems;
import meridian.config.source.Spot;
import meridian.record.DomainName;
import meridian.record.RRsets;
import meridian.record.RecordType;
import meridian.record.ZoneContents;
import meridian.topology.Service;

/// Whether the steered names fit into the zones: each in one of them, where no other server is
/// asked, and not beside records that would answer the same question.
final class ZoneFit {

    private final Problems problems;
    private final SequencedMap<DomainName, ZoneContents> zones;
    private final Set<DomainName> refused;

    /// What the zones have at the steered names and above them.
    private final Map<DomainName, Set<RecordType>> types = new HashMap<>();

    /// @param refused zones with which something is wrong, so that nobody knows what is in them
    ZoneFit(
            Problems problems,
            SequencedMap<DomainName, ZoneContents> zones,
            Set<DomainName> refused) {
        this.problems = problems;
        this.zones = zones;
        this.refused = refused;
    }

    void check(List<WrittenService> services) {
        for (WrittenService one : services) one.names().sequencedKeySet().forEach(this::want);
        for (ZoneContents zone : zones.values()) note(zone.rrsets());
        for (WrittenService one : services)
            one.names().forEach((name, at) -> check(one.service(), name, at));
    }

    private void want(DomainName name) {
        zoneOf(name, zones)
                .map(ZoneContents::apex)
                .ifPresent(
                        apex -> {
                            for (DomainName at = name;
                                    at.isAtOrBelow(apex) && !at.isRoot();
                                    at = at.parent()) types.putIfAbsent(at, new TreeSet<>());
                        });
    }

    private void note(RRsets sets) {
        if (types.isEmpty()) return;
        for (int set = 0; set < sets.size(); set++) {
            Set<RecordType> wanted = types.get(sets.owner(set));
            if (wanted != null) wanted.add(new RecordType(sets.type(set)));
        }
    }

    /// The most specific of the zones that the name is in.
    static Optional<ZoneContents> zoneOf(DomainName name, Map<DomainName, ZoneContents> zones) {
        for (int labels = 0; labels <= name.labelCount(); labels++) {
            ZoneContents zone = zones.get(name.suffix(labels));
            if (zone != null) return Optional.of(zone);
        }
        return Optional.empty();
    }

    private void check(Service service, DomainName name, Spot at) {
        if (refused.stream().anyMatch(name::isAtOrBelow)) return;
        Optional<DomainName> apex = zoneOf(name, zones).map(ZoneContents::apex);
        if (apex.isEmpty()) refuseOutside(name, at);
        else if (isHandedOn(name, apex.get(), at)) return;
        else checkBeside(service, name, apex.get(), at);
    }

    private void refuseOutside(DomainName name, Spot at) {
        String known =
                zones.size() > 8
                        ? "the " + zones.size() + " zones that there are"
                        : zones.sequencedKeySet().stream()
                                .map(DomainName::toString)
                                .collect(Collectors.joining(", "));
        problems.refuse(
                at,
                name + " is outside of every zone",
                zones.isEmpty()
                        ? "zones { \"example.com\" { file = \"example.com.zone\" } } defines one"
                        : "names at or below " + known + " are accepted");
    }

    /// Whether the name is at or below a zone cut, or below a DNAME, so that we never answer for
    /// it.
    private boolean isHandedOn(DomainName name, DomainName apex, Spot at) {
        for (DomainName above : path(name, apex)) {
            Set<RecordType> here = types.getOrDefault(above, Set.of());
            boolean cut = !above.equals(apex) && here.contains(RecordType.NS);
            boolean renamed = !above.equals(name) && here.contains(RecordType.DNAME);
            if (!cut && !renamed) continue;
            problems.refuse(
                    at,
                    cut
                            ? name + " is handed on to other servers by the NS of " + above
                            : name + " is below the DNAME of " + above,
                    "a name that zone " + apex + " itself answers for is accepted");
            return true;
        }
        return false;
    }

    private static List<DomainName> path(DomainName name, DomainName apex) {
        var path = new ArrayList<DomainName>();
        for (int labels = name.labelCount() - apex.labelCount(); labels >= 0; labels--)
            path.add(name.suffix(labels));
        return path;
    }

    private void checkBeside(Service service, DomainName name, DomainName apex, Spot at) {
        var clash = new TreeSet<>(types.getOrDefault(name, Set.of()));
        boolean alias = service.types().contains(RecordType.CNAME);
        if (!alias)
            clash.removeIf(
                    type ->
                            !type.equals(RecordType.CNAME)
                                    && !service.steeredTypes().contains(type));
        if (clash.isEmpty()) return;
        String records = clash.stream().map(RecordType::toString).collect(Collectors.joining(", "));
        problems.refuse(
                at,
                name + " has " + records + " in the file of zone " + apex,
                alias
                        ? "a name with no other record is accepted for a service of CNAMEs"
                                + (name.equals(apex) ? ", and so never an apex" : "")
                        : "a name whose "
                                + records
                                + " is in the zone file or in the service, not in both, is"
                                + " accepted");
    }
}
