package meridian.node;

import java.io.PrintWriter;
import picocli.CommandLine.Command;

/// `./meridian thaw`.
@Command(
        name = "thaw",
        header = "End a freeze: automatic moves are made again.",
        description = "End a freeze: automatic moves are made again, at once where one is due.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./meridian thaw"})
final class Thaw extends Asking {

    @Override
    void ask(ApiClient client, PrintWriter out) throws ApiClient.FailedException {
        Intending.end(client, "freeze", "kind", "freeze", out);
    }
}
