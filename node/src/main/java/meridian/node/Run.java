package meridian.node;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import meridian.topology.Network;
import meridian.topology.Role;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// `./meridian run`.
@Command(
        name = "run",
        header = "Run a node.",
        description = {
            "Run a node until Ctrl-C or SIGTERM. SIGHUP, or a change of its files, makes it read "
                    + "them again.",
            "Without --config it serves the embedded example, example.test, on 127.0.0.1:5300."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./meridian run --config meridian.conf --node use1"})
final class Run implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(Run.class);

    /// The status with which Java itself ends for want of memory.
    private static final int OUT_OF_MEMORY = 3;

    private static final Pattern ADDRESS_AND_PORT =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([0-9.]+)):([0-9]{1,5})");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration of the fleet.")
    private @Nullable Path config;

    @Option(
            names = "--node",
            paramLabel = "NAME",
            description = "Which of its nodes this process is.")
    private @Nullable String node;

    @Option(
            names = "--roles",
            paramLabel = "ROLE",
            split = ",",
            description = "What it does: dns, checker, api. Default: what the configuration says.")
    private Set<Role> roles = new HashSet<>();

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS:PORT",
            split = ",",
            description = "Where to answer queries, in place of what the configuration says.")
    private List<InetSocketAddress> dns = List.of();

    @Option(names = "--api", paramLabel = "ADDRESS:PORT", description = "Where to serve the API.")
    private @Nullable InetSocketAddress api;

    @Option(
            names = "--cluster",
            paramLabel = "ADDRESS:PORT",
            description = "Where to meet the other nodes.")
    private @Nullable InetSocketAddress cluster;

    @Spec private CommandSpec spec;

    /// Reads `192.0.2.1:53` and `[2001:db8::1]:53`.
    ///
    /// @throws TypeConversionException naming the text and what is accepted
    static InetSocketAddress listenAddress(String text) {
        Matcher matcher = ADDRESS_AND_PORT.matcher(text);
        try {
            if (matcher.matches()) {
                String address = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
                return new InetSocketAddress(
                        Network.addressOf(address), Integer.parseInt(matcher.group(3)));
            }
        } catch (IllegalArgumentException _) {
            // An address that is none, or a port above 65535, is told as all else that is neither.
        }
        throw new TypeConversionException(
                "\""
                        + text
                        + "\" is no address with a port; 192.0.2.1:53 or [2001:db8::1]:53 is accepted");
    }

    @Override
    public Integer call() throws InterruptedException {
        Thread.setDefaultUncaughtExceptionHandler(Run::threadEnded);
        var wish =
                new NodeOptions.Wish(
                        Optional.ofNullable(config),
                        Optional.ofNullable(node),
                        roles,
                        dns,
                        Optional.ofNullable(api),
                        Optional.ofNullable(cluster));
        try (MeridianNode running = MeridianNode.start(wish)) {
            welcome(running);
            awaitEnd(running);
            return 0;
        } catch (RefusedException e) {
            e.lines().forEach(line -> spec.commandLine().getErr().println(line));
            return 1;
        } catch (IOException | IllegalArgumentException e) {
            spec.commandLine().getErr().println("meridian: " + e.getMessage());
            return 1;
        }
    }

    /// A node without memory must die and be restarted, not limp: the first of its own threads that
    /// gets none ends it. Java's option for that (`ExitOnOutOfMemoryError`) also ends it where
    /// there is memory enough, for one allocation that is too large; and Hazelcast makes room for
    /// as much as a packet announces, so that 14 octets from a stranger were the end of a node.
    private static void threadEnded(Thread thread, Throwable defect) {
        if (defect instanceof OutOfMemoryError) Runtime.getRuntime().halt(OUT_OF_MEMORY);
        LOG.error("the thread {} ended by a defect", thread.getName(), defect);
    }

    /// The end is in the shutdown hook, for that is where a signal leads; the hook waits for the
    /// node to close, since the process is gone when it returns.
    private static void awaitEnd(MeridianNode running) throws InterruptedException {
        var asked = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(running::close, "shutdown"));
        asked.await();
    }

    private void welcome(MeridianNode running) {
        var out = spec.commandLine().getOut();
        InetSocketAddress first =
                running.dnsAddresses().isEmpty() ? null : running.dnsAddresses().getFirst();
        if (config != null) {
            out.println("Node " + running.node().id() + " runs.");
        } else if (first != null) {
            String server = "@" + first.getAddress().getHostAddress() + " -p " + first.getPort();
            out.println(
                    "Meridian serves the embedded example, example.test. In another terminal, try:");
            out.println("  dig " + server + " www.example.test");
            out.println(
                    "  dig "
                            + server
                            + " www.example.test +subnet=2.125.160.0/24   # a client in Europe");
            out.println("  ./meridian explain www.example.test --from 2.125.160.1");
            out.println("  ./meridian status");
            out.println(
                    "Ctrl-C ends it. For a configuration of your own: ./meridian run --config FILE");
        }
        out.flush();
    }
}
