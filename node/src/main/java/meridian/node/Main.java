package meridian.node;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import meridian.node.demo.Demo;
import meridian.node.drill.Drill;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command line: `./meridian WORD …`. Each word is a class of its own, registered here.
@Command(
        name = "./meridian",
        description =
                "A global traffic manager: answers DNS queries with what is near, up and wanted.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nFor those who build it:%n",
        footer = {
            "  test     Run every test; --fast: only those without sockets and processes.",
            "  format   Format the sources.",
            "  bench    Measure what a query costs, beside other name servers.",
            "",
            "Example: ./meridian help version"
        })
public final class Main implements Runnable {

    private static final List<Class<?>> WORDS =
            List.of(
                    Demo.class,
                    Drill.class,
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
                    RollBack.class,
                    Keys.class,
                    Sim.class,
                    Version.class,
                    DemoNode.class,
                    Rehearsal.class,
                    GenerateCompletion.class,
                    HelpCommand.class);

    /// They speak of all the others.
    private static final Set<Class<?>> WORDS_ABOUT_WORDS =
            Set.of(GenerateCompletion.class, HelpCommand.class);

    @Spec private CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(commandLine(arguments).execute(arguments));
    }

    /// All words with their options, as picocli knows them.
    static CommandLine commandLine() {
        CommandLine all = commandLine(WORDS);
        Objects.requireNonNull(all.getSubcommands().get("generate-completion"))
                .getCommandSpec()
                .usageMessage()
                .footer("", "Example: ./meridian generate-completion > meridian.bash");
        return all;
    }

    /// What understands these arguments: the one word that they begin with, or all. To look at each
    /// field of each word takes picocli longer than many a command takes to run.
    static CommandLine commandLine(String... arguments) {
        return WORDS.stream()
                .filter(word -> arguments.length > 0 && name(word).equals(arguments[0]))
                .filter(word -> !WORDS_ABOUT_WORDS.contains(word))
                .findFirst()
                .map(word -> commandLine(List.of(word)))
                .orElseGet(Main::commandLine);
    }

    private static String name(Class<?> word) {
        return Objects.requireNonNull(word.getAnnotation(Command.class)).name();
    }

    private static CommandLine commandLine(List<Class<?>> words) {
        var line = new CommandLine(new Main());
        words.forEach(line::addSubcommand);
        return line.setAbbreviatedOptionsAllowed(false)
                .setUsageHelpWidth(100)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(InetSocketAddress.class, Run::listenAddress)
                .setParameterExceptionHandler(Main::misused);
    }

    /// Says what is wrong with what was typed, and where help is, in place of all the help there
    /// is.
    private static int misused(ParameterException mistake, String[] arguments) {
        CommandLine word = mistake.getCommandLine();
        PrintWriter err = word.getErr();
        err.println("meridian: " + mistake.getMessage());
        UnmatchedArgumentException.printSuggestions(mistake, err);
        err.println("Try: " + word.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return word.getCommandSpec().exitCodeOnInvalidInput();
    }

    /// Without a word there is nothing to do but to say which there are.
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
