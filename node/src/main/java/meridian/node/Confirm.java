package meridian.node;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./meridian confirm`.
@Command(
        name = "confirm",
        header = "Let go a region that the guard holds.",
        description =
                "Let go a region that the guard holds: it is really down, and its clients are to move.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./meridian confirm eu-west --reason \"it is on fire\""})
final class Confirm extends Intending {

    @Parameters(paramLabel = "REGION", description = "The region.")
    private String region = "";

    @Option(names = "--service", paramLabel = "NAME", description = "Of this service only.")
    private @Nullable String service;

    @Override
    void describe(Map<String, Object> body) {
        body.put("kind", "confirmation");
        body.put("region", region);
        if (service != null) body.put("service", service);
    }
}
