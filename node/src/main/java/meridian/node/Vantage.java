package meridian.node;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `./meridian vantage`.
@Command(
        name = "vantage",
        header = "Say which vantages count.",
        description = "Say which vantages count: retire one that is gone, or restore it.",
        mixinStandardHelpOptions = true,
        subcommands = {RetireVantage.class, RestoreVantage.class},
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Example: ./meridian vantage retire aps1 --reason \"its data centre is gone\""
        })
final class Vantage implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
