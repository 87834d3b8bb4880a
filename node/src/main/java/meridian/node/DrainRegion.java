package meridian.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./meridian drain`.
@Command(
        name = "drain",
        header = "Stop sending clients to a region.",
        description = "Stop sending clients to a region, of all services or of one, on every node.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./meridian drain eu-west --for 2h --reason \"kernel upgrade\""})
final class DrainRegion extends Asking {

    @Parameters(paramLabel = "REGION", description = "The region.")
    private String region = "";

    @Option(names = "--service", paramLabel = "NAME", description = "Of this service only.")
    private @Nullable String service;

    @ArgGroup(multiplicity = "1")
    private Ending ending = new Ending();

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "Why; shown wherever the drain is.")
    private String reason = "";

    @Option(names = "--force", description = "Even if the guard refuses it; recorded.")
    private boolean force;

    @Override
    void ask(ApiClient client, PrintWriter out) throws ApiClient.FailedException {
        JsonNode made = client.post("/v1/drains", body());
        JsonNode drain = made.has("drain") ? made.path("drain") : made;
        out.printf(
                "%s is drained, id %s.%n",
                drain.path("region").asText(), drain.path("id").asText());
        out.printf(
                "Resolver caches will have let go by %s.%n", made.path("caches_empty_at").asText());
        out.printf(
                "Held by %s.%n",
                StreamSupport.stream(made.path("held_by").spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(", ")));
    }

    private Map<String, Object> body() {
        var body = new HashMap<String, Object>();
        body.put("region", region);
        if (service != null) body.put("service", service);
        ending.describe(body);
        body.put("reason", reason);
        if (force) body.put("force", true);
        return body;
    }
}
