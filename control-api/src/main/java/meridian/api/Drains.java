package meridian.api;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import meridian.intent.Drain;
import meridian.steering.Guard;
import meridian.steering.ServiceState;
import meridian.topology.NodeId;
import meridian.topology.RegionId;
import meridian.topology.Service;
import meridian.topology.ServiceId;
import meridian.topology.Topology;

/// What operators ask for: begins and ends drains, as far as the guard allows, and never without a
/// line in the audit log.
final class Drains {

    private final Fleet fleet;
    private final Audit audit;
    private final Supplier<String> ids;

    /// @param ids each unique over the fleet and for ever
    Drains(Fleet fleet, Audit audit, Supplier<String> ids) {
        this.fleet = fleet;
        this.audit = audit;
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
        List<ServiceState> states = concerned(wanted);
        Drain drain = drain(wanted, request.caller(), now, refuseOrForce(wanted, states, request));
        write(request.caller(), "drain", drain, drain.forced() ? "forced" : "accepted");
        var held = kept(() -> fleet.put(drain), request.caller(), "drain", drain);
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
        RegionId region = DrainRequest.region(request.needed("region", "us-east"), topology);
        Optional<ServiceId> service =
                request.parameter("service").map(name -> DrainRequest.service(name, topology));
        return ended(
                standing().stream()
                        .filter(drain -> drain.region().equals(region))
                        .filter(drain -> drain.service().equals(service))
                        .toList(),
                "no drain of " + DrainRequest.target(region, service) + " stands",
                request);
    }

    private List<Drain> standing() {
        return fleet.intents().drains(fleet.now());
    }

    private List<ServiceState> concerned(DrainRequest wanted) {
        Set<ServiceId> services =
                wanted.services(fleet.topology()).stream()
                        .map(Service::id)
                        .collect(Collectors.toSet());
        return fleet.states().stream()
                .filter(state -> services.contains(state.service().id()))
                .toList();
    }

    /// Whether the guard had to be overruled.
    private boolean refuseOrForce(DrainRequest wanted, List<ServiceState> states, Request request) {
        List<Guard.Breach> breaches = Guard.breaches(states, wanted.region());
        if (breaches.isEmpty() || wanted.force()) return !breaches.isEmpty();
        write(request.caller(), refusedLine(wanted, request.caller()));
        throw new Refusal(refused(wanted, breaches));
    }

    private Audit.Line refusedLine(DrainRequest wanted, Caller caller) {
        return new Audit.Line(
                fleet.now(),
                caller.name(),
                caller.remote().getHostAddress(),
                "drain",
                "",
                wanted.target(),
                wanted.reason(),
                "refused by the guard");
    }

    private static Problem refused(DrainRequest wanted, List<Guard.Breach> breaches) {
        return Problem.of(
                        409,
                        "draining "
                                + wanted.target()
                                + " would leave too little: "
                                + breaches.stream()
                                        .map(Guard.Breach::toString)
                                        .collect(Collectors.joining("; "))
                                + ". \"force\": true overrules the guard and is recorded")
                .withBreaches(
                        breaches.stream()
                                .map(
                                        breach ->
                                                new Problem.BreachResource(
                                                        breach.service().name(),
                                                        breach.type().toString(),
                                                        breach.left(),
                                                        breach.keep()))
                                .toList());
    }

    private Drain drain(DrainRequest wanted, Caller caller, Instant now, boolean forced) {
        return new Drain(
                ids.get(),
                wanted.region(),
                wanted.service(),
                caller.name(),
                wanted.reason(),
                now,
                wanted.end(),
                forced);
    }

    private Reply ended(List<Drain> drains, String none, Request request) {
        if (drains.isEmpty()) throw Refusal.of(404, none + "; " + known());
        Caller caller = request.caller();
        var ended = new ArrayList<DrainResource>();
        SequencedSet<NodeId> heldBy = new LinkedHashSet<>();
        for (Drain drain : drains) {
            write(caller, "undrain", drain, "accepted");
            var held = kept(() -> fleet.end(drain.id(), caller.name()), caller, "undrain", drain);
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
                .map(drain -> drain.id() + " of " + target(drain))
                .collect(Collectors.joining(", ", "", standing.size() == 1 ? " does" : " do"));
    }

    @FunctionalInterface
    private interface Change {
        Fleet.Acknowledgement make() throws IOException;
    }

    private Fleet.Acknowledgement kept(Change change, Caller caller, String action, Drain drain) {
        try {
            return change.make();
        } catch (IOException e) {
            write(caller, action, drain, "failed: " + e.getMessage());
            throw Refusal.of(
                    500,
                    "nothing has changed: it could not be kept on this node's disk: "
                            + e.getMessage());
        }
    }

    private void write(Caller caller, String action, Drain drain, String outcome) {
        write(
                caller,
                new Audit.Line(
                        fleet.now(),
                        caller.name(),
                        caller.remote().getHostAddress(),
                        action,
                        drain.id(),
                        target(drain),
                        drain.reason(),
                        outcome));
    }

    private void write(Caller caller, Audit.Line line) {
        try {
            audit.write(line);
        } catch (IOException e) {
            throw Refusal.of(
                    500,
                    "what "
                            + caller.name()
                            + " asks for could not be written to the audit log, so it is not done: "
                            + e.getMessage());
        }
    }

    private static String target(Drain drain) {
        return DrainRequest.target(drain.region(), drain.service());
    }

    private static List<String> names(Fleet.Acknowledgement acknowledgement) {
        return acknowledgement.heldBy().stream().map(NodeId::name).toList();
    }
}
