package meridian.api;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import meridian.intent.Drain;
import meridian.intent.Origin;
import meridian.intent.Scope;
import meridian.steering.Breach;
import meridian.steering.Guard;
import meridian.steering.ServiceState;
import meridian.topology.NodeId;
import meridian.topology.Topology;

/// What operators ask for: begins and ends drains, as far as the guard allows, and never without a
/// line in the audit log.
final class Drains {

    private final Fleet fleet;
    private final Changes changes;
    private final Supplier<String> ids;

    /// One drain after the other: the guard must know of the first when it is asked for the second.
    private final Object turn = new Object();

    /// @param ids each unique over the fleet and for ever
    Drains(Fleet fleet, Changes changes, Supplier<String> ids) {
        this.fleet = fleet;
        this.changes = changes;
        this.ids = ids;
    }

    /// @param cachesEmptyAt when resolvers will have forgotten the answers given before
    /// @param heldBy the nodes known to have it on disk
    record Begun(DrainResource drain, Instant cachesEmptyAt, List<String> heldBy) {}

    /// @param heldBy the nodes known to have all of it on disk
    record Ended(List<DrainResource> ended, List<String> heldBy) {}

    Reply list(Request request) {
        request.accepting(Set.of());
        return Reply.json(200, DrainResource.lists(fleet.intents(), fleet.now()));
    }

    Reply begin(Request request) {
        request.accepting(Set.of());
        Instant now = fleet.now();
        var wanted = DrainRequest.read(Json.object(request.body()), fleet.topology(), now);
        synchronized (turn) {
            return begun(wanted, request, now);
        }
    }

    private Reply begun(DrainRequest wanted, Request request, Instant now) {
        List<ServiceState> states = concerned(wanted);
        Drain drain = drain(wanted, request.caller(), now, refuseOrForce(wanted, states, request));
        var held =
                changes.put(
                        drain,
                        "drain",
                        drain.scope().toString(),
                        drain.forced() ? "forced" : "accepted",
                        request.caller());
        Duration ttl = ServiceResource.longestTtl(states);
        return Reply.json(201, new Begun(DrainResource.standing(drain), now.plus(ttl), names(held)))
                .with("Location", "/v1/drains/" + drain.id());
    }

    /// `DELETE /v1/drains/{id}`
    Reply end(Request request) {
        request.accepting(Set.of());
        String id = request.path().getOrDefault("id", "");
        return ended(
                standing().stream().filter(drain -> drain.id().equals(id)).toList(),
                "no drain \"" + id + "\" stands",
                request);
    }

    /// `DELETE /v1/drains?region=&service=`
    Reply endByRegion(Request request) {
        request.accepting(Set.of("region", "service"));
        Topology topology = fleet.topology();
        var scope =
                new Scope(
                        IntentFields.region(request.needed("region", "us-east"), topology),
                        request.parameter("service")
                                .map(name -> IntentFields.service(name, topology)));
        return ended(
                standing().stream().filter(drain -> drain.scope().equals(scope)).toList(),
                "no drain of " + scope + " stands",
                request);
    }

    private List<Drain> standing() {
        return fleet.intents().drains(fleet.now());
    }

    private List<ServiceState> concerned(DrainRequest wanted) {
        return fleet.known().stream().filter(state -> wanted.isOf(state.service())).toList();
    }

    /// Whether the guard had to be overruled.
    private boolean refuseOrForce(DrainRequest wanted, List<ServiceState> states, Request request) {
        List<Breach> breaches = Guard.breaches(states, wanted.scope().region(), fleet.stamp());
        if (breaches.isEmpty() || wanted.force()) return !breaches.isEmpty();
        changes.noted(
                "drain",
                wanted.scope().toString(),
                wanted.reason(),
                "refused by the guard",
                request.caller());
        throw new Refusal(refused(wanted, breaches));
    }

    private static Problem refused(DrainRequest wanted, List<Breach> breaches) {
        return Problem.of(
                        409,
                        "draining "
                                + wanted.scope()
                                + " is more than the guard allows: "
                                + breaches.stream()
                                        .map(Breach::toString)
                                        .collect(Collectors.joining("; "))
                                + ". \"force\": true overrules the guard and is recorded")
                .withBreaches(breaches.stream().map(Problem.BreachResource::of).toList());
    }

    private Drain drain(DrainRequest wanted, Caller caller, Instant now, boolean forced) {
        var origin = new Origin(ids.get(), caller.name(), wanted.reason(), now, wanted.end());
        return new Drain(origin, wanted.scope(), forced);
    }

    private Reply ended(List<Drain> drains, String none, Request request) {
        if (drains.isEmpty()) throw Refusal.of(404, none + "; " + known());
        Caller caller = request.caller();
        var ended = new ArrayList<DrainResource>();
        SequencedSet<NodeId> heldBy = new LinkedHashSet<>();
        for (Drain drain : drains) {
            var held = changes.end(drain, "undrain", drain.scope().toString(), caller);
            if (ended.isEmpty()) heldBy.addAll(held.heldBy());
            else heldBy.retainAll(held.heldBy());
            ended.add(DrainResource.ended(drain, caller.name(), fleet.now()));
        }
        return Reply.json(200, new Ended(ended, heldBy.stream().map(NodeId::name).toList()));
    }

    private String known() {
        List<Drain> standing = standing();
        if (standing.isEmpty()) return "none does";
        return standing.stream()
                .map(drain -> drain.id() + " of " + drain.scope())
                .collect(Collectors.joining(", ", "", standing.size() == 1 ? " does" : " do"));
    }

    private static List<String> names(Fleet.Acknowledgement acknowledgement) {
        return acknowledgement.heldBy().stream().map(NodeId::name).toList();
    }
}
