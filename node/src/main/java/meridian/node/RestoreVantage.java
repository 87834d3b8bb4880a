package meridian.node;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `./meridian vantage restore`.
@Command(
        name = "restore",
        header = "Count a retired vantage again.",
        description = "Count a retired vantage again: its vote, and its place in the majority.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./meridian vantage restore aps1"})
final class RestoreVantage extends Asking {

    @Parameters(paramLabel = "NODE", description = "The vantage, by the name of its node.")
    private String vantage = "";

    @Override
    void ask(ApiClient client, PrintWriter out) throws ApiClient.FailedException {
        Intending.end(client, "retirement", "vantage", vantage, out);
    }
}
