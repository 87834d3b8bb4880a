package meridian.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import meridian.intent.Scope;
import meridian.topology.Service;
import meridian.topology.Topology;

/// What someone asks for with `POST /v1/drains`, checked against what exists.
///
/// @param end empty: until it is removed
record DrainRequest(Scope scope, Optional<Instant> end, String reason, boolean force) {

    private static final Set<String> FIELDS =
            Set.of("region", "service", "for", "until", "until_removed", "reason", "force");

    /// @throws Refusal naming the field that is to blame and what is accepted
    static DrainRequest read(ObjectNode body, Topology topology, Instant now) {
        var fields = new IntentFields("a drain", body, topology, now).accepting(FIELDS);
        return new DrainRequest(
                fields.scope(), fields.end(), fields.reason(), fields.flag("force"));
    }

    /// Whether it concerns a service.
    boolean isOf(Service service) {
        return scope.covers(scope.region(), service.id())
                && service.pool(scope.region()).isPresent();
    }
}
