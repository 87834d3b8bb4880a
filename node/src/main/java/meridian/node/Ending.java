package meridian.node;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// When a wish of an operator is over, which must be said: one that nobody remembers must not last
/// for ever unawares.
final class Ending {

    @Option(names = "--for", paramLabel = "DURATION", description = "How long: 30m, 2h, 1h30m, 2d.")
    private @Nullable String span;

    @Option(names = "--until-removed", description = "Until someone takes it back.")
    private boolean untilRemoved;

    /// Says it in the body of a request.
    void describe(Map<String, Object> body) {
        if (span != null) body.put("for", span);
        if (untilRemoved) body.put("until_removed", true);
    }
}
