package meridian.node;

import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/// `./meridian freeze`.
@Command(
        name = "freeze",
        header = "Let no automatic move be made, on any node.",
        description =
                "Let no automatic move be made, on any node: verdicts stand, whatever is measured. Drains are still obeyed.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./meridian freeze --for 2h --reason \"the probes lie\""})
final class FreezeMoves extends Intending {

    @ArgGroup(multiplicity = "1")
    private Ending ending = new Ending();

    @Override
    void describe(Map<String, Object> body) {
        body.put("kind", "freeze");
        ending.describe(body);
    }
}
