package meridian.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Option;

/// A word that asks for something other than a drain: it is kept, and told to the others.
abstract class Intending extends Asking {

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "Why; shown wherever this is.")
    private String reason = "";

    /// Puts in what this kind has besides a reason, the kind itself included.
    abstract void describe(Map<String, Object> body);

    @Override
    final void ask(ApiClient client, PrintWriter out) throws ApiClient.FailedException {
        var body = new HashMap<String, Object>();
        body.put("reason", reason);
        describe(body);
        JsonNode kept = client.post("/v1/intents", body);
        JsonNode intent = kept.path("intent");
        out.printf(
                "%s of %s: it is kept, id %s.%n",
                intent.path("kind").asText(),
                intent.path("target").asText(),
                intent.path("id").asText());
        out.printf(
                "Held by %s.%n",
                StreamSupport.stream(kept.path("held_by").spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(", ")));
    }

    /// Ends every standing intent of `kind` whose `field` is `value`.
    static void end(ApiClient client, String kind, String field, String value, PrintWriter out)
            throws ApiClient.FailedException {
        int ended = 0;
        for (JsonNode intent : client.get("/v1/intents", Map.of()).path("standing")) {
            if (!intent.path("kind").asText().equals(kind)
                    || !intent.path(field).asText().equals(value)) continue;
            client.delete("/v1/intents/" + intent.path("id").asText(), Map.of());
            ended++;
            out.printf(
                    "The %s of %s (%s) is over, id %s.%n",
                    kind,
                    intent.path("target").asText(),
                    intent.path("reason").asText(),
                    intent.path("id").asText());
        }
        if (ended == 0) throw new ApiClient.FailedException("there is no " + kind + " to end");
    }
}
