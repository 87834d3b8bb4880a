package meridian.api;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import meridian.intent.Confirmation;
import meridian.intent.Intent;
import meridian.intent.Retirement;
import meridian.intent.Scope;
import meridian.steering.Guard;
import meridian.topology.NodeId;

/// What operators ask for beside drains: freezes, retirements, confirmations, failbacks, pardons.
final class IntentRoutes {

    private final Fleet fleet;
    private final Changes changes;
    private final Supplier<String> ids;

    /// @param ids each unique over the fleet and for ever
    IntentRoutes(Fleet fleet, Changes changes, Supplier<String> ids) {
        this.fleet = fleet;
        this.changes = changes;
        this.ids = ids;
    }

    /// @param heldBy the nodes known to have it on disk
    record Kept(IntentResource intent, List<String> heldBy) {}

    /// `GET /v1/intents`: of every kind, drains too.
    Reply list(Request request) {
        request.accepting(Set.of());
        return Reply.json(200, IntentResource.lists(fleet.intents(), fleet.now()));
    }

    /// `POST /v1/intents`
    Reply begin(Request request) {
        request.accepting(Set.of());
        Intent intent =
                IntentRequest.read(
                        Json.object(request.body()),
                        ids.get(),
                        request.caller().name(),
                        fleet.topology(),
                        fleet.now());
        refuseToRetireTheLast(intent);
        refuseToConfirmWhatIsNotHeld(intent);
        var held =
                changes.put(
                        intent,
                        IntentResource.kind(intent),
                        IntentResource.target(intent),
                        "accepted",
                        request.caller());
        return Reply.json(201, new Kept(IntentResource.standing(intent), names(held)))
                .with("Location", "/v1/intents/" + intent.id());
    }

    /// `DELETE /v1/intents/{id}`
    Reply end(Request request) {
        request.accepting(Set.of());
        String id = request.path().getOrDefault("id", "");
        Intent intent =
                standing().stream()
                        .filter(it -> it.id().equals(id))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        Refusal.of(
                                                404,
                                                "no intent \"" + id + "\" stands; " + known()));
        var held =
                changes.end(
                        intent,
                        "end " + IntentResource.kind(intent),
                        IntentResource.target(intent),
                        request.caller());
        return Reply.json(
                200,
                new Kept(
                        IntentResource.ended(intent, request.caller().name(), fleet.now()),
                        names(held)));
    }

    private void refuseToRetireTheLast(Intent intent) {
        if (!(intent instanceof Retirement(_, NodeId vantage))) return;
        if (fleet.quorum().without(Set.of(vantage)).vantages().isEmpty()) {
            throw Refusal.of(
                    409,
                    "retiring "
                            + vantage
                            + " would leave no vantage to vote; restore another one first");
        }
    }

    /// It is about what had fallen when it was said: said too early it would let nothing go, and
    /// look as if it had.
    private void refuseToConfirmWhatIsNotHeld(Intent intent) {
        if (!(intent instanceof Confirmation(_, Scope scope))) return;
        List<Scope> held = held();
        if (held.stream().anyMatch(one -> isWithin(one, scope))) return;
        throw Refusal.of(
                409,
                "the guard does not hold "
                        + scope
                        + ", so there is nothing to confirm; it holds "
                        + (held.isEmpty()
                                ? "nothing"
                                : held.stream()
                                        .map(Scope::toString)
                                        .collect(Collectors.joining(", "))));
    }

    /// Each region of each service that the guard holds, of whatever type.
    private List<Scope> held() {
        return fleet.known().stream()
                .flatMap(
                        state ->
                                state.service().types().stream()
                                        .flatMap(type -> Guard.held(state, type).stream())
                                        .distinct()
                                        .sorted()
                                        .map(
                                                region ->
                                                        new Scope(
                                                                region,
                                                                Optional.of(state.service().id()))))
                .toList();
    }

    private static boolean isWithin(Scope held, Scope confirmed) {
        return held.service()
                .filter(service -> confirmed.covers(held.region(), service))
                .isPresent();
    }

    private List<Intent> standing() {
        return fleet.intents().standing(Intent.class, fleet.now());
    }

    private String known() {
        if (standing().isEmpty()) return "none does";
        return standing().stream()
                .map(
                        it ->
                                it.id()
                                        + " ("
                                        + IntentResource.kind(it)
                                        + " of "
                                        + IntentResource.target(it)
                                        + ")")
                .collect(Collectors.joining(", ", "these do: ", ""));
    }

    private static List<String> names(Fleet.Acknowledgement acknowledgement) {
        return acknowledgement.heldBy().stream().map(NodeId::name).toList();
    }
}
