package meridian.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./meridian undrain`.
@Command(
        name = "undrain",
        header = "End the drains of a region.",
        description = "End the drains of a region: those of all services, or those of one.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./meridian undrain eu-west"})
final class Undrain extends Asking {

    @Parameters(paramLabel = "REGION", description = "The region.")
    private String region = "";

    @Option(
            names = "--service",
            paramLabel = "NAME",
            description = "Only the drains of this service.")
    private @Nullable String service;

    @Override
    void ask(ApiClient client, PrintWriter out) throws ApiClient.FailedException {
        var query = new HashMap<String, String>();
        query.put("region", region);
        if (service != null) query.put("service", service);
        JsonNode ended = client.delete("/v1/drains", query);
        ended.path("ended")
                .forEach(
                        drain ->
                                out.printf(
                                        "The drain of %s (%s) is over, id %s.%n",
                                        region,
                                        drain.path("reason").asText(),
                                        drain.path("id").asText()));
    }
}
