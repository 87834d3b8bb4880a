package meridian.node.drill;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `./meridian drill`.
@Command(
        name = "drill",
        header = "Break a fleet on purpose, and measure it.",
        description =
                "Break a fleet on purpose, such as the laboratory of terraform/examples/this-machine, and measure what clients see.",
        mixinStandardHelpOptions = true,
        subcommands = {DrillFailover.class, DrillFaults.class, DrillCanary.class},
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Example: ./meridian drill failover --times 100"})
public final class Drill implements Runnable {

    @Spec private CommandSpec spec;

    /// Without a word there is nothing to do but to say which there are.
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
