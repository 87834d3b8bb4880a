package meridian.dns.ready;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import meridian.dns.zone.SteeredName;
import meridian.record.DomainName;
import meridian.record.ZoneContents;
import meridian.topology.Service;

/// Which names of a zone are steered, and by the service at which position.
final class SteeredNames {

    private SteeredNames() {}

    /// By the apex of the closest zone that each is in.
    ///
    /// @throws IllegalArgumentException naming one that no zone holds
    static Map<DomainName, List<SteeredName>> byApex(
            List<Service> services, List<ZoneContents> contents) {
        Set<DomainName> apexes =
                contents.stream().map(ZoneContents::apex).collect(Collectors.toSet());
        var byApex = new HashMap<DomainName, List<SteeredName>>();
        for (int i = 0; i < services.size(); i++) {
            List<DomainName> owners = services.get(i).names();
            for (int j = 0; j < owners.size(); j++) {
                var name = new SteeredName(owners.get(j), services.get(i).steeredTypes(), i, j);
                DomainName apex = closest(name.owner(), apexes);
                byApex.computeIfAbsent(apex, _ -> new ArrayList<>()).add(name);
            }
        }
        return byApex;
    }

    private static DomainName closest(DomainName owner, Set<DomainName> apexes) {
        DomainName at = owner;
        while (!apexes.contains(at)) {
            if (at.isRoot())
                throw new IllegalArgumentException("no zone holds the steered name " + owner);
            at = at.parent();
        }
        return at;
    }
}
