package meridian.config;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import meridian.config.ServiceSection.WrittenService;
import meridian.config.source.Problems;
import meridian.config.source.Spot;
import meridian.record.DomainName;
import meridian.record.RecordType;
import meridian.steering.Situation;
import meridian.topology.Service;

/// Whether a signed name may have nothing for some clients while it has something for others. Then
/// a resolver that keeps the proof for some (RFC 8198) would tell the others that there is nothing.
final class NothingChecks {

    private final Problems problems;
    private final Set<DomainName> zones;
    private final Set<DomainName> signed;

    /// @param zones the apexes of all zones
    /// @param signed of those that are signed
    NothingChecks(Problems problems, Set<DomainName> zones, Set<DomainName> signed) {
        this.problems = problems;
        this.zones = zones;
        this.signed = signed;
    }

    void check(List<WrittenService> services) {
        for (WrittenService one : services)
            one.names()
                    .forEach(
                            (name, at) -> {
                                if (isSigned(name)) check(one.service(), name, at);
                            });
    }

    private boolean isSigned(DomainName name) {
        return zones.stream()
                .filter(name::isAtOrBelow)
                .max(Comparator.comparingInt(DomainName::labelCount))
                .filter(signed::contains)
                .isPresent();
    }

    private void check(Service service, DomainName name, Spot at) {
        if (service.policy().rules().stream().noneMatch(rule -> rule.fence())) return;
        for (RecordType type : service.types()) {
            if (!Situation.mayBeNothing(service.allDown(), type)) continue;
            problems.refuse(
                    at,
                    name
                            + " is in a signed zone, and has no "
                            + type
                            + " for clients behind a fence while all is down there,"
                            + " though others have one",
                    "another all-down, or no fence, is accepted");
            return;
        }
    }
}
