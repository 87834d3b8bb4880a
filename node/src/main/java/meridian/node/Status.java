package meridian.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;

/// `./meridian status`.
@Command(
        name = "status",
        header = "Show the fleet as one node sees it.",
        description =
                "Show the fleet as one node sees it: nodes, alarms, drains, and which regions serve.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./meridian status --api http://127.0.0.1:8053"})
final class Status extends Asking {

    @Override
    void ask(ApiClient client, PrintWriter out) throws ApiClient.FailedException {
        JsonNode status = client.get("/v1/status", Map.of());
        out.printf(
                "node       %s in %s, Meridian %s%n",
                text(status, "node"), text(status, "region"), text(status, "version"));
        configuration(status.path("configuration"), out);
        out.printf(
                "snapshot   %s of %s%n",
                text(status.path("snapshot"), "generation"),
                text(status.path("snapshot"), "built"));
        out.printf("vantages   %s%n", text(status.path("vantages"), "note"));
        status.path("peers").forEach(peer -> peer(peer, out));
        status.path("alarms").forEach(alarm -> alarm(alarm, out));
        status.path("drains").forEach(drain -> drain(drain, out));
        status.path("other_intents").forEach(intent -> intent(intent, out));
        status.path("services")
                .forEach(
                        service ->
                                out.printf(
                                        "service    %-20s %s%n",
                                        text(service, "id"),
                                        regions(service.path("serving_regions"))));
    }

    private static void configuration(JsonNode configuration, PrintWriter out) {
        out.printf(
                "config     %s, hash %.12s, %s%n",
                configuration.path("file").asText("(embedded)"),
                text(configuration, "hash"),
                text(configuration, "state"));
        configuration
                .path("problems")
                .forEach(problem -> out.printf("           %s%n", problem.asText()));
    }

    private static void peer(JsonNode peer, PrintWriter out) {
        String heard =
                peer.hasNonNull("age_seconds")
                        ? "heard " + peer.path("age_seconds").asText() + " s ago"
                        : "not heard";
        boolean differs =
                peer.hasNonNull("same_configuration")
                        && !peer.path("same_configuration").asBoolean();
        out.printf(
                "peer       %-20s %s%s%n",
                text(peer, "node"), heard, differs ? ", another configuration" : "");
    }

    private static void alarm(JsonNode alarm, PrintWriter out) {
        boolean warns = text(alarm, "severity").equals("warning");
        out.printf(
                "%-10s %s, since %s%n",
                warns ? "warning" : "ALARM", text(alarm, "text"), text(alarm, "since"));
    }

    private static void drain(JsonNode drain, PrintWriter out) {
        String service = drain.hasNonNull("service") ? " of service " + text(drain, "service") : "";
        out.printf(
                "drain      %s%s until %s, by %s: %s  [%s]%n",
                text(drain, "region"),
                service,
                drain.path("until").asText("removed"),
                text(drain, "owner"),
                text(drain, "reason"),
                text(drain, "id"));
    }

    private static void intent(JsonNode intent, PrintWriter out) {
        out.printf(
                "%-10s %s until %s, by %s: %s  [%s]%n",
                text(intent, "kind"),
                text(intent, "target"),
                intent.path("until").asText("removed"),
                text(intent, "owner"),
                text(intent, "reason"),
                text(intent, "id"));
    }

    private static String regions(JsonNode regions) {
        if (regions.isEmpty())
            return "no region is eligible; the alarms say what is answered instead";
        return "served by "
                + StreamSupport.stream(regions.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(", "));
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText("-");
    }
}
