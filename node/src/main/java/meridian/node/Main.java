package meridian.node;

import java.net.InetSocketAddress;
import java.util.Objects;
import meridian.node.demo.Demo;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The command line: `./meridian WORD …`. Each word is a class of its own, registered here.
@Command(
        name = "./meridian",
        description =
                "A global traffic manager: answers DNS queries with what is near, up and wanted.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            Demo.class,
            Run.class,
            Check.class,
            Status.class,
            Explain.class,
            DrainRegion.class,
            Undrain.class,
            FreezeMoves.class,
            Thaw.class,
            Confirm.class,
            FailBack.class,
            PardonEndpoint.class,
            Vantage.class,
            Version.class,
            DemoNode.class,
            GenerateCompletion.class,
            HelpCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nFor those who build it:%n",
        footer = {
            "  test     Run every test; --fast: only those without sockets and processes.",
            "  format   Format the sources.",
            "",
            "Example: ./meridian help version"
        })
public final class Main implements Runnable {

    @Spec private CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /// All words with their options, as picocli knows them.
    static CommandLine commandLine() {
        var words =
                new CommandLine(new Main())
                        .setAbbreviatedOptionsAllowed(false)
                        .setUsageHelpWidth(100)
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .registerConverter(InetSocketAddress.class, Run::listenAddress);
        Objects.requireNonNull(words.getSubcommands().get("generate-completion"))
                .getCommandSpec()
                .usageMessage()
                .footer("", "Example: ./meridian generate-completion > meridian.bash");
        return words;
    }

    /// Without a word there is nothing to do but to say which there are.
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
