package meridian.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import meridian.config.ServiceSection.WrittenService;
import meridian.config.source.Problems;
import meridian.config.source.Spot;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RRsets;
import meridian.record.RecordType;
import meridian.record.ZoneContents;
import meridian.topology.AllDown;
import meridian.topology.Destination;
import meridian.topology.Service;

/// Names that lead back to themselves, by the CNAMEs that services answer with and those of zone
/// files: who follows one gets no address. A loop within one zone file is told where that is read.
final class AliasLoops {

    private final Problems problems;
    private final Map<DomainName, List<DomainName>> targets = new HashMap<>();
    private final Set<DomainName> told = new HashSet<>();

    AliasLoops(Problems problems) {
        this.problems = problems;
    }

    void check(List<WrittenService> services, Iterable<ZoneContents> zones) {
        for (ZoneContents zone : zones) addAliases(zone);
        var aliased = new LinkedHashMap<DomainName, Spot>();
        for (WrittenService one : services) {
            List<DomainName> aliases = aliases(one.service());
            if (aliases.isEmpty()) continue;
            one.names().sequencedKeySet().forEach(name -> targets.put(name, aliases));
            aliased.putAll(one.names());
        }
        aliased.forEach(this::check);
    }

    private void addAliases(ZoneContents zone) {
        RRsets sets = zone.rrsets();
        for (int set = 0; set < sets.size(); set++)
            if (sets.type(set) == RecordType.CNAME.number()) addAlias(sets.get(set));
    }

    private void addAlias(RRset cname) {
        byte[] target = cname.rdata().getFirst();
        targets.put(cname.owner(), List.of(DomainName.ofWire(target, 0, target.length)));
    }

    private static List<DomainName> aliases(Service service) {
        Stream<DomainName> last =
                service.allDown() instanceof AllDown.Alias(var name)
                        ? Stream.of(name)
                        : Stream.empty();
        Stream<DomainName> usual =
                service.pools().stream()
                        .flatMap(pool -> pool.endpoints().stream())
                        .flatMap(
                                endpoint ->
                                        endpoint.destination() instanceof Destination.Alias(var to)
                                                ? Stream.of(to)
                                                : Stream.empty());
        return Stream.concat(usual, last).distinct().toList();
    }

    private void check(DomainName name, Spot at) {
        if (told.contains(name)) return;
        Optional<List<DomainName>> loop = wayBack(name);
        if (loop.isEmpty()) return;
        told.addAll(loop.get());
        problems.refuse(
                at,
                "is a loop of CNAMEs: "
                        + loop.get().stream()
                                .map(DomainName::toString)
                                .collect(Collectors.joining(" -> ")),
                "a name that does not lead back to itself is accepted");
    }

    /// The shortest way from the name to itself.
    private Optional<List<DomainName>> wayBack(DomainName name) {
        var from = new HashMap<DomainName, DomainName>();
        var open = new ArrayDeque<>(List.of(name));
        while (!open.isEmpty()) {
            DomainName at = open.remove();
            for (DomainName next : targets.getOrDefault(at, List.of())) {
                if (from.putIfAbsent(next, at) != null) continue;
                if (next.equals(name)) return Optional.of(way(name, from));
                open.add(next);
            }
        }
        return Optional.empty();
    }

    private static List<DomainName> way(DomainName name, Map<DomainName, DomainName> from) {
        var way = new ArrayList<>(List.of(name));
        DomainName at = name;
        do {
            at = from.getOrDefault(at, name);
            way.addFirst(at);
        } while (!at.equals(name));
        return way;
    }
}
