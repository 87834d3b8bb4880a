package meridian.node;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import meridian.config.ConfigOutcome;
import meridian.config.ConfigReader;
import meridian.config.Configuration;
import meridian.config.TlsFiles;
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
                    + "take it, else with 1.",
            "What a node finds only where it runs is not part of it: a missing cluster key is a warning "
                    + "here, since the node's environment may have it, and a node without one does not start."
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
            case ConfigOutcome.Refused(var problems, _) -> {
                problems.forEach(problem -> out().println(problem));
                yield refused(
                        problems.stream().filter(ConfigProblem::isError).count(),
                        problems.stream().filter(problem -> !problem.isError()).count());
            }
            case ConfigOutcome.Accepted(var configuration, var warnings) -> {
                warnings.forEach(warning -> out().println(warning));
                configuration.dns().tls().ifPresent(this::warnOfCertificate);
                yield geo(configuration, warnings.size());
            }
        };
    }

    /// A node that it is wrong for serves all others.
    private void warnOfCertificate(TlsFiles files) {
        try {
            Certificates.read(files);
        } catch (IllegalArgumentException e) {
            out().println("warning: nobody is served encrypted: " + e.getMessage());
        }
    }

    private int geo(Configuration configuration, int warnings) {
        return switch (new GeoTables().load(configuration, Optional.empty())) {
            case GeoTables.Outcome.Refused(var reasons) -> {
                reasons.forEach(reason -> out().println(reason));
                yield refused(reasons.size(), warnings);
            }
            case GeoTables.Outcome.Loaded _ -> {
                out().println(
                                file
                                        + " is accepted: "
                                        + summary(configuration)
                                        + ", "
                                        + counted(
                                                configuration.topology().vantages().size(),
                                                "vantage"));
                yield 0;
            }
        };
    }

    private int refused(long errors, long warnings) {
        out().println(
                        file
                                + " is refused: "
                                + counted(errors, "error")
                                + (warnings == 0 ? "" : ", " + counted(warnings, "warning")));
        return 1;
    }

    /// How much there is in a configuration.
    static String summary(Configuration configuration) {
        return counted(configuration.zones().size(), "zone")
                + ", "
                + counted(configuration.topology().services().size(), "service")
                + ", "
                + counted(configuration.topology().nodes().size(), "node");
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
