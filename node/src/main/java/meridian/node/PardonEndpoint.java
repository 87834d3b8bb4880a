package meridian.node;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `./meridian pardon`.
@Command(
        name = "pardon",
        header = "Forget that an endpoint turned often.",
        description =
                "Forget that an endpoint turned often: it is held out no longer than any other.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./meridian pardon 192.0.2.10 --reason \"new cable\""})
final class PardonEndpoint extends Intending {

    @Parameters(paramLabel = "ADDRESS", description = "The address that is probed.")
    private String address = "";

    @Override
    void describe(Map<String, Object> body) {
        body.put("kind", "pardon");
        body.put("address", address);
    }
}
