package meridian.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import meridian.intent.Confirmation;
import meridian.intent.Failback;
import meridian.intent.Freeze;
import meridian.intent.Intent;
import meridian.intent.Origin;
import meridian.intent.Pardon;
import meridian.intent.Retirement;
import meridian.topology.Topology;

/// What someone asks for with `POST /v1/intents`: any kind but a drain, which the guard has a word
/// in.
final class IntentRequest {

    /// What is done once needs to be known until every node that was away for a while has heard it.
    private static final Duration KNOWN_FOR = Duration.ofDays(1);

    private static final Set<String> KINDS =
            new TreeSet<>(Set.of("freeze", "retirement", "confirmation", "failback", "pardon"));

    private IntentRequest() {}

    /// @throws Refusal naming the field that is to blame and what is accepted
    static Intent read(ObjectNode body, String id, String owner, Topology topology, Instant now) {
        String kind = new IntentFields("an intent", body, topology, now).needed("kind");
        var fields = new IntentFields("a " + kind, body, topology, now);
        return switch (kind) {
            case "freeze" -> {
                fields.accepting(Set.of("kind", "for", "until", "until_removed", "reason"));
                yield new Freeze(origin(fields, id, owner, fields.end()));
            }
            case "retirement" -> {
                fields.accepting(Set.of("kind", "vantage", "reason"));
                yield new Retirement(origin(fields, id, owner, Optional.empty()), fields.vantage());
            }
            case "confirmation" -> {
                fields.accepting(Set.of("kind", "region", "service", "reason"));
                yield new Confirmation(origin(fields, id, owner, Optional.empty()), fields.scope());
            }
            case "failback" -> {
                fields.accepting(Set.of("kind", "region", "service", "reason"));
                yield new Failback(origin(fields, id, owner, onceDone(now)), fields.byHand());
            }
            case "pardon" -> {
                fields.accepting(Set.of("kind", "address", "reason"));
                yield new Pardon(origin(fields, id, owner, onceDone(now)), fields.probed());
            }
            default ->
                    throw Refusal.badField(
                            "kind",
                            "there is no intent \""
                                    + kind
                                    + "\" here; "
                                    + String.join(", ", KINDS)
                                    + " are accepted, and drains at /v1/drains");
        };
    }

    private static Origin origin(
            IntentFields fields, String id, String owner, Optional<Instant> end) {
        return new Origin(id, owner, fields.reason(), fields.now(), end);
    }

    private static Optional<Instant> onceDone(Instant now) {
        return Optional.of(now.plus(KNOWN_FOR));
    }
}
