package meridian.config;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import meridian.config.ServiceSection.WrittenService;
import meridian.config.source.Problems;
import meridian.config.source.Spot;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import meridian.record.ZoneContents;
import meridian.topology.Service;

/// Whether the steered names fit into the zones: each in one of them, where no other server is
/// asked, and not beside records that would answer the same question.
final class ZoneFit {

    private final Problems problems;
    private final OurNames ours;

    ZoneFit(Problems problems, OurNames ours) {
        this.problems = problems;
        this.ours = ours;
    }

    void check(List<WrittenService> services) {
        for (WrittenService one : services)
            one.names().forEach((name, at) -> check(one.service(), name, at));
    }

    private void check(Service service, DomainName name, Spot at) {
        if (ours.isRefused(name)) return;
        Optional<ZoneContents> zone = ours.zoneOf(name);
        if (zone.isEmpty()) {
            refuseOutside(name, at);
            return;
        }
        ours.cover(name, zone.get())
                .ifPresentOrElse(
                        cover -> refuseHandedOn(name, cover, zone.get().apex(), at),
                        () -> checkBeside(service, name, zone.get(), at));
    }

    private void refuseOutside(DomainName name, Spot at) {
        Collection<ZoneContents> zones = ours.zones();
        String known =
                zones.size() > 8
                        ? "the " + zones.size() + " zones that there are"
                        : zones.stream()
                                .map(zone -> zone.apex().toString())
                                .collect(Collectors.joining(", "));
        problems.refuse(
                at,
                name + " is outside of every zone",
                zones.isEmpty()
                        ? "zones { \"example.com\" { file = \"example.com.zone\" } } defines one"
                        : "names at or below " + known + " are accepted");
    }

    private void refuseHandedOn(DomainName name, RRset cover, DomainName apex, Spot at) {
        problems.refuse(
                at,
                cover.type().equals(RecordType.NS)
                        ? name + " is handed on to other servers by the NS of " + cover.owner()
                        : name + " is below the DNAME of " + cover.owner(),
                "a name that zone " + apex + " itself answers for is accepted");
    }

    private void checkBeside(Service service, DomainName name, ZoneContents zone, Spot at) {
        Set<RecordType> clash = ours.written(name, zone);
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
                name + " has " + records + " in the file of zone " + zone.apex(),
                alias
                        ? "a name with no other record is accepted for a service of CNAMEs"
                                + (name.equals(zone.apex()) ? ", and so never an apex" : "")
                        : "a name whose "
                                + records
                                + " is in the zone file or in the service, not in both, is"
                                + " accepted");
    }
}
