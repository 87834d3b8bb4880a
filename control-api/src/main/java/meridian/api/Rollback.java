package meridian.api;

import java.io.IOException;
import java.util.Set;

/// Goes back to what this node served before its files last changed.
final class Rollback {

    private final Fleet fleet;
    private final Changes changes;

    Rollback(Fleet fleet, Changes changes) {
        this.fleet = fleet;
        this.changes = changes;
    }

    record RolledBack(StatusResource.ConfigurationResource configuration) {}

    /// `POST /v1/rollback`
    Reply rollBack(Request request) {
        request.accepting(Set.of());
        var fields =
                new IntentFields(
                                "a rollback",
                                Json.object(request.body()),
                                fleet.topology(),
                                fleet.now())
                        .accepting(Set.of("reason"));
        String reason = fields.reason();
        Caller caller = request.caller();
        String node = "node " + fleet.self();
        changes.noted("rollback", node, reason, "accepted", caller);
        try {
            var serving = fleet.rollBack(caller.name() + " rolled back: " + reason);
            return Reply.json(
                    200, new RolledBack(StatusResource.ConfigurationResource.of(serving)));
        } catch (IOException e) {
            changes.noted("rollback", node, reason, "failed: " + e.getMessage(), caller);
            throw Refusal.of(409, "nothing has changed: " + e.getMessage());
        }
    }
}
