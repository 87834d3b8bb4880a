package meridian.node;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./meridian freeze`.
@Command(
        name = "freeze",
        header = "Let no automatic move be made, on any node.",
        description =
                "Let no automatic move be made, on any node: verdicts stand, whatever is measured. Drains are still obeyed.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./meridian freeze --for 2h --reason \"the probes lie\""})
final class FreezeMoves extends Intending {

    /// When it is over: a freeze that nobody remembers must not last for ever unawares.
    static final class End {
        @Option(
                names = "--for",
                paramLabel = "DURATION",
                description = "How long: 30m, 2h, 1h30m, 2d.")
        private @Nullable String span;

        @Option(names = "--until-removed", description = "Until someone thaws it.")
        private boolean untilRemoved;
    }

    @ArgGroup(multiplicity = "1")
    private End end = new End();

    @Override
    void describe(Map<String, Object> body) {
        body.put("kind", "freeze");
        if (end.span != null) body.put("for", end.span);
        if (end.untilRemoved) body.put("until_removed", true);
    }
}
