package meridian.config;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import meridian.config.ServiceSection.WrittenService;
import meridian.config.source.Problems;
import meridian.config.source.Spot;
import meridian.record.DomainName;
import meridian.record.RecordType;
import meridian.signing.Denial;
import meridian.signing.ZoneSigning;
import meridian.steering.Situation;
import meridian.topology.Service;

/// Whether a signed name may have nothing where it must not.
///
/// If it has nothing for some clients and something for others, a resolver that keeps the proof for
/// some (RFC 8198) tells the others that there is nothing. If it has nothing at all, secondaries do
/// not know of it: an NSEC would stand at it, while an NSEC3 stands elsewhere and says that it is
/// there.
final class NothingChecks {

    private final Problems problems;
    private final Set<DomainName> zones;
    private final Map<DomainName, ZoneSigning> signed;
    private final Set<DomainName> given;

    /// @param zones the apexes of all zones
    /// @param signed those that are signed
    /// @param given those that secondaries get
    NothingChecks(
            Problems problems,
            Set<DomainName> zones,
            Map<DomainName, ZoneSigning> signed,
            Set<DomainName> given) {
        this.problems = problems;
        this.zones = zones;
        this.signed = signed;
        this.given = given;
    }

    void check(List<WrittenService> services) {
        for (WrittenService one : services)
            one.names()
                    .forEach(
                            (name, at) ->
                                    zone(name)
                                            .filter(signed::containsKey)
                                            .ifPresent(
                                                    apex -> check(one.service(), name, apex, at)));
    }

    private Optional<DomainName> zone(DomainName name) {
        return zones.stream()
                .filter(name::isAtOrBelow)
                .max(Comparator.comparingInt(DomainName::labelCount));
    }

    private void check(Service service, DomainName name, DomainName apex, Spot at) {
        if (service.policy().rules().stream().anyMatch(rule -> rule.fence()))
            checkBehindFence(service, name, at);
        if (given.contains(apex)
                && requireNonNull(signed.get(apex)).denial() == Denial.NSEC3
                && service.types().stream().allMatch(type -> mayBeNothing(service, type)))
            problems.refuse(
                    at,
                    name
                            + " may have nothing while all is down, which secondaries could not"
                            + " tell from a name that "
                            + apex
                            + " has not, as it is signed with NSEC3",
                    "another all-down, denial = nsec, or no transfer, is accepted");
    }

    private static boolean mayBeNothing(Service service, RecordType type) {
        return Situation.mayBeNothing(service.allDown(), type);
    }

    private void checkBehindFence(Service service, DomainName name, Spot at) {
        for (RecordType type : service.types()) {
            if (!mayBeNothing(service, type)) continue;
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
