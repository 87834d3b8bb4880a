package meridian.node;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import meridian.config.ConfigOutcome;
import meridian.config.ConfigReader;
import meridian.config.Configuration;
import meridian.config.source.ConfigProblem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./meridian check`.
@Command(
        name = "check",
        header = "Tell every problem of a configuration.",
        description = {
            "Read a configuration as a node would, with its zone files and geo tables, and tell "
                    + "every problem with file, line and what is accepted. Exits with 0 if a node would "
                    + "take it, else with 1."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./meridian check meridian.conf"})
final class Check implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The configuration.")
    private Path file = Path.of("meridian.conf");

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        return switch (new ConfigReader().read(file)) {
            case ConfigOutcome.Refused(var problems, _) ->
                    refused(problems.stream().map(ConfigProblem::toString).toList());
            case ConfigOutcome.Accepted(var configuration, var warnings) -> {
                warnings.forEach(warning -> out().println(warning));
                yield geo(configuration);
            }
        };
    }

    private int geo(Configuration configuration) {
        return switch (new GeoTables().load(configuration, Optional.empty())) {
            case GeoTables.Outcome.Refused(var reasons) -> refused(reasons);
            case GeoTables.Outcome.Loaded _ -> {
                out().println(
                                file
                                        + " is accepted: "
                                        + counted(configuration.zones().size(), "zone")
                                        + ", "
                                        + counted(
                                                configuration.topology().services().size(),
                                                "service")
                                        + ", "
                                        + counted(configuration.topology().nodes().size(), "node")
                                        + ", "
                                        + counted(
                                                configuration.topology().vantages().size(),
                                                "vantage"));
                yield 0;
            }
        };
    }

    private int refused(List<String> lines) {
        lines.forEach(line -> out().println(line));
        out().println(file + " is refused: " + counted(lines.size(), "problem"));
        return 1;
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
