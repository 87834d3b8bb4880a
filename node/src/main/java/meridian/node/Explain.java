package meridian.node;

import java.io.PrintWriter;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./meridian explain`.
@Command(
        name = "explain",
        header = "Say why a client gets the answer it gets.",
        description =
                "Say why a client gets the answer it gets: the rule, each region with its votes, the choice.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./meridian explain www.example.test --from 2.125.160.1"})
final class Explain extends Asking {

    @Parameters(paramLabel = "NAME", description = "The steered name.")
    private String name = "";

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "A, AAAA or CNAME. Default: ${DEFAULT-VALUE}")
    private String type = "A";

    @Option(
            names = "--from",
            paramLabel = "ADDRESS",
            description = "The client's address or network. Default: your own, as the API sees it.")
    private @Nullable String from;

    @Override
    void ask(ApiClient client, PrintWriter out) throws ApiClient.FailedException {
        var query = new HashMap<String, String>();
        query.put("name", name);
        query.put("type", type);
        if (from != null) query.put("from", from);
        out.print(client.text("/v1/explain", query));
    }
}
