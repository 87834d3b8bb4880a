package meridian.node;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `./meridian keys`.
@Command(
        name = "keys",
        header = "Make and show the keys of signed zones.",
        description =
                "Make and show the keys that zones are signed with (DNSSEC): in a folder, in BIND's files.",
        mixinStandardHelpOptions = true,
        subcommands = {MakeKeys.class, ListKeys.class, ShowDs.class},
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Example: ./meridian keys make example.com --dir keys"})
final class Keys implements Runnable {

    @Spec private CommandSpec spec;

    /// Without a word there is nothing to do but to say which there are.
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
