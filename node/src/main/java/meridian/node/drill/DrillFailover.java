package meridian.node.drill;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./meridian drill failover`.
@Command(
        name = "failover",
        header = "Kill a region's backends and bring them back, and take the time of each leg.",
        description = {
            "Kill a region's backends and bring them back, many times, and take the time of each "
                    + "leg: the first probe that saw it, the quorum, the published snapshot, the last name "
                    + "server's answer.",
            "On a laboratory of this machine, or with --config on any fleet whose backends these "
                    + "commands may stop.",
            "The nodes' clocks are compared, so that a fleet of several machines must have good "
                    + "ones."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: ./meridian drill failover --times 100 --region eu-west",
            "Example: ./meridian drill failover --config fleet.conf --token-file operator.token \\",
            "             --region eu-west --stop 'ssh eu1 systemctl stop web' --start 'ssh eu1 systemctl start web'"
        })
final class DrillFailover implements Callable<Integer> {

    /// Each server is asked so often for the clients in turn; the answer's leg is no finer than
    /// this times the number of clients.
    private static final Duration PERIOD = Duration.ofMillis(5);

    @Option(
            names = "--times",
            paramLabel = "N",
            defaultValue = "10",
            description = "How often; default: ${DEFAULT-VALUE}.")
    private int times;

    @Option(
            names = "--lab",
            paramLabel = "NAME",
            defaultValue = Lab.USUAL_NAME,
            description = "The laboratory; default: ${DEFAULT-VALUE}.")
    private String lab = Lab.USUAL_NAME;

    @Option(
            names = "--region",
            paramLabel = "NAME",
            description =
                    "Whose backends; default: those of the first region that clients are sent to.")
    private @Nullable String region;

    @Option(
            names = "--frozen",
            paramLabel = "NODE",
            description =
                    "This node stands still (SIGSTOP) from just before each kill until all is back.")
    private @Nullable String frozen;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration of another fleet, instead of a laboratory.")
    private @Nullable Path config;

    @Option(
            names = "--service",
            paramLabel = "NAME",
            description =
                    "With --config: which; default: its first with a monitor and IPv4 addresses.")
    private @Nullable String service;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "With --config: a token for the API of its nodes; a viewer's will do.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--stop",
            paramLabel = "COMMAND",
            description = "With --config: stops the region's backends.")
    private @Nullable String stop;

    @Option(
            names = "--start",
            paramLabel = "COMMAND",
            description = "With --config: starts them again.")
    private @Nullable String start;

    @Option(
            names = "--freeze",
            paramLabel = "COMMAND",
            description = "With --config and --frozen: freezes the node.")
    private @Nullable String freeze;

    @Option(
            names = "--thaw",
            paramLabel = "COMMAND",
            description = "With --config and --frozen: thaws it.")
    private @Nullable String thaw;

    @Option(
            names = "--from",
            paramLabel = "NETWORK",
            split = ",",
            description = "Clients' IPv4 networks, to be tried before those that are known.")
    private List<String> from = List.of();

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try {
            return config == null ? drill(Lab.named(lab), out) : drill(config, out);
        } catch (DrillException e) {
            spec.commandLine().getErr().println("meridian: " + e.getMessage());
            return 1;
        }
    }

    private int drill(Lab laboratory, PrintWriter out) throws DrillException, InterruptedException {
        Grounds grounds = Grounds.of(laboratory.configuration(), Optional.empty());
        return drill(
                grounds,
                Optional.of(laboratory.token()),
                killed ->
                        new FailoverDrill.Plan(
                                killed,
                                new Backends.Commanded(
                                        laboratory.line("stop-backends", killed),
                                        laboratory.line("start-backends", killed)),
                                Optional.ofNullable(frozen)
                                        .map(node -> frozenIn(grounds, laboratory, node))),
                out);
    }

    private static FailoverDrill.Freeze frozenIn(Grounds grounds, Lab laboratory, String node) {
        String home =
                grounds.servers().stream()
                        .filter(server -> server.node().equals(node))
                        .map(Grounds.Server::region)
                        .findFirst()
                        .orElse(node);
        return freeze(
                node, laboratory.line("pause-node", home), laboratory.line("resume-node", home));
    }

    private static FailoverDrill.Freeze freeze(String node, String freezing, String thawing) {
        return new FailoverDrill.Freeze(node, () -> Shell.run(freezing), () -> Shell.run(thawing));
    }

    private int drill(Path file, PrintWriter out) throws DrillException, InterruptedException {
        if (region == null || stop == null || start == null)
            throw new DrillException(
                    "with --config, --region says whose backends, and --stop and --start how to end and"
                            + " restart them");
        if (frozen != null && (freeze == null || thaw == null))
            throw new DrillException(
                    "with --config and --frozen, --freeze and --thaw say how to freeze and thaw the node");
        var backends = new Backends.Commanded(stop, start);
        Optional<FailoverDrill.Freeze> standstill =
                frozen == null || freeze == null || thaw == null
                        ? Optional.empty()
                        : Optional.of(freeze(frozen, freeze, thaw));
        return drill(
                Grounds.of(file, Optional.ofNullable(service)),
                Token.of(tokenFile),
                killed -> new FailoverDrill.Plan(killed, backends, standstill),
                out);
    }

    private int drill(
            Grounds grounds,
            Optional<String> token,
            Function<String, FailoverDrill.Plan> planOf,
            PrintWriter out)
            throws DrillException, InterruptedException {
        if (times < 1) throw new DrillException("--times is " + times + "; 1 or more is accepted");
        refuseUnknown(grounds);
        try (Crowd crowd = Crowd.gather(grounds, from, PERIOD)) {
            String killed = region == null ? crowd.clients().firstEntry().getKey() : region;
            if (!crowd.clients().containsKey(killed))
                throw new DrillException(
                        "no client that was tried is sent to "
                                + killed
                                + "; --from names networks whose clients should be");
            out.printf(
                    "The backends of %s, %d times; asking %s of %s%n",
                    killed, times, grounds.name(), grounds.servers());
            out.flush();
            var drill =
                    new FailoverDrill(grounds, token, planOf.apply(killed), crowd, Thread::sleep);
            FailoverDrill.Outcome outcome =
                    drill.run(
                            times,
                            (round, made) -> {
                                out.printf("%d of %d: %s%n", round, times, made);
                                out.flush();
                            });
            new FailoverTable(out).print(outcome);
            return outcome.unexplained() == 0 && outcome.incomplete() == 0 ? 0 : 1;
        }
    }

    private void refuseUnknown(Grounds grounds) throws DrillException {
        if (region != null) grounds.refuseUnknown(region);
        List<String> nodes = grounds.servers().stream().map(Grounds.Server::node).toList();
        if (frozen != null && !nodes.contains(frozen))
            throw new DrillException(
                    "there is no node " + frozen + "; there are " + String.join(", ", nodes));
    }
}
