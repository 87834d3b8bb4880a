package meridian.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./meridian rollback`.
@Command(
        name = "rollback",
        header = "Serve on one node what it served before its files last changed.",
        description =
                "Serve on one node what it served before its files last changed, until they change again.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./meridian rollback --reason \"half of the names are missing\""})
final class RollBack extends Asking {

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "Why; shown while it lasts.")
    private String reason = "";

    @Override
    void ask(ApiClient client, PrintWriter out) throws ApiClient.FailedException {
        JsonNode configuration =
                client.post("/v1/rollback", Map.of("reason", reason)).path("configuration");
        configuration.path("problems").forEach(line -> out.println(line.asText()));
        out.printf(
                "It serves until %s or another of its files changes.%n",
                configuration.path("file").asText());
    }
}
