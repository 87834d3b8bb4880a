package meridian.node;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./meridian failback`.
@Command(
        name = "failback",
        header = "Let a region that waits for a person take clients again.",
        description =
                "Let a region that waits for a person take clients again: of services with failback = manual.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: ./meridian failback eu-west --service shop --reason \"the data is back\""
        })
final class FailBack extends Intending {

    @Parameters(paramLabel = "REGION", description = "The region.")
    private String region = "";

    @Option(names = "--service", paramLabel = "NAME", description = "Of this service only.")
    private @Nullable String service;

    @Override
    void describe(Map<String, Object> body) {
        body.put("kind", "failback");
        body.put("region", region);
        if (service != null) body.put("service", service);
    }
}
