package meridian.steering;

import java.util.List;
import java.util.OptionalInt;
import meridian.health.Health;
import meridian.record.DomainName;
import meridian.record.RecordType;
import meridian.topology.Network;
import meridian.topology.Place;
import meridian.topology.Service;

/// Why a client gets what it gets: everything that was weighed, and what came of it.
///
/// @param name the name that was asked for
/// @param owner the steered owner name that matched it: the same, or a wildcard
/// @param client whom the answer is for
/// @param scope the widest network around the client that gets the same, as a prefix length
/// @param rule the position of the rule that holds, from 0; empty: no rule is for this client
/// @param candidates in the client's order
/// @param families of a record about addresses (SVCB and HTTPS): why these are what they are, by
///   the same draw; then there are no candidates but theirs
public record Explanation(
        DomainName name,
        DomainName owner,
        RecordType type,
        Network client,
        int scope,
        Place place,
        Service service,
        OptionalInt rule,
        List<Candidate> candidates,
        Plan plan,
        Choice choice,
        List<Explanation> families) {

    public Explanation {
        candidates = List.copyOf(candidates);
        families = List.copyOf(families);
    }

    /// Those in which regions are weighed: of the families, or else this one.
    public List<Explanation> weighed() {
        return families.isEmpty() ? List.of(this) : families;
    }

    public boolean isChosen(Candidate candidate) {
        return choice.regions().contains(candidate.region());
    }

    /// Why this candidate is in the answer or is not, as one clause.
    public String outcome(Candidate candidate) {
        if (isChosen(candidate)) return "answered";
        if (isDrawn(candidate)) return "eligible; another of its weighted set was drawn";
        if (candidate.pool().drained()) return "rejected: drained";
        Health health = candidate.held() ? Health.UP : candidate.pool().health(type);
        boolean waits = candidate.pool().waits(type).isPresent() && plan.reason() != Reason.WAITING;
        if (waits && health != Health.DOWN) return "rejected: waits for a failback";
        return switch (health) {
            case DOWN -> "rejected: down";
            case UNKNOWN -> passedOver(candidate, Health.UNKNOWN);
            case UP -> passedOver(candidate, Health.UP);
        };
    }

    /// What the chosen has over it: the better line in the order of eligibility, or the place in
    /// the client's order.
    private String passedOver(Candidate candidate, Health health) {
        if (candidate.pool().standby() && isOfActive(plan.reason())) return "passed over: standby";
        if (health == Health.UNKNOWN && plan.reason().isOfUp())
            return "passed over: unknown, and a better one was found";
        return "passed over: farther down the order";
    }

    private static boolean isOfActive(Reason reason) {
        return reason == Reason.ACTIVE || reason == Reason.ACTIVE_UNKNOWN;
    }

    private boolean isDrawn(Candidate candidate) {
        return plan.shares().stream()
                .anyMatch(share -> share.source().regions().contains(candidate.region()));
    }
}
