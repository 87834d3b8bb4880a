package meridian.node;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `./meridian vantage retire`.
@Command(
        name = "retire",
        header = "Count a vantage no more.",
        description = "Count a vantage no more: neither its vote nor its place in the majority.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: ./meridian vantage retire aps1 --reason \"its data centre is gone\""
        })
final class RetireVantage extends Intending {

    @Parameters(paramLabel = "NODE", description = "The vantage, by the name of its node.")
    private String vantage = "";

    @Override
    void describe(Map<String, Object> body) {
        body.put("kind", "retirement");
        body.put("vantage", vantage);
    }
}
