package meridian.node.drill;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./meridian drill canary`.
@Command(
        name = "canary",
        header =
                "Let a synthetic endpoint die on a schedule, and serve as metrics how traffic moved.",
        description = {
            "Play the endpoints of one region of a service that nobody needs, let them die on a "
                    + "schedule, and serve what each leg of a failover took as metrics: the first probe "
                    + "that saw it, the quorum, the last node's snapshot, the last name server's answer.",
            "Runs until Ctrl-C, on the machine that has the addresses of those endpoints. The "
                    + "service's other regions have real ones, or those of other canaries."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: ./meridian drill canary --config fleet.conf --service canary --region eu-west"
        })
final class DrillCanary implements Callable<Integer> {

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The configuration of the fleet.")
    private Path config = Path.of("");

    @Option(
            names = "--service",
            required = true,
            paramLabel = "NAME",
            description = "A service that nobody needs.")
    private String service = "";

    @Option(
            names = "--region",
            required = true,
            paramLabel = "NAME",
            description = "Whose endpoints of that service this process plays.")
    private String region = "";

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "From the end of one round to the next death; default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--metrics",
            paramLabel = "ADDRESS:PORT",
            defaultValue = "127.0.0.1:9153",
            description = "Where /metrics is served; default: ${DEFAULT-VALUE}.")
    private InetSocketAddress metrics = new InetSocketAddress(0);

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A token for the API of the nodes; a viewer's will do.")
    private @Nullable Path tokenFile;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        try {
            return run(spec.commandLine().getOut());
        } catch (DrillException e) {
            spec.commandLine().getErr().println("meridian: " + e.getMessage());
            return 1;
        }
    }

    private int run(PrintWriter out) throws DrillException, InterruptedException {
        if (seconds < 1)
            throw new DrillException("--every is " + seconds + " seconds; 1 or more are accepted");
        Grounds grounds = Grounds.of(config, Optional.of(service));
        grounds.refuseUnknown(region);
        try (Canary canary = Canary.start(grounds, Token.of(tokenFile), region, metrics)) {
            say(
                    out,
                    "plays %s in %s at %s; /metrics at %s:%d"
                            .formatted(
                                    service,
                                    region,
                                    String.join(
                                            ", ", grounds.probed().getOrDefault(region, Set.of())),
                                    metrics.getHostString(),
                                    metrics.getPort()));
            while (true) {
                canary.round(line -> say(out, line));
                Thread.sleep(Duration.ofSeconds(seconds));
            }
        }
    }

    private static void say(PrintWriter out, String line) {
        out.printf("%s %s%n", Instant.now().truncatedTo(ChronoUnit.MILLIS), line);
        out.flush();
    }
}
