package meridian.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/// Three nodes as three processes, one a [Site], with one configuration and a Hazelcast cluster
/// among them; and the backends that they look at, which run in the test itself.
final class Fleet implements AutoCloseable {

    /// Steered to the nearest region.
    static final String SERVICE = "www.example.com.";

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String KEY = "0123456789abcdef0123456789abcdef\n";

    private final Backends backends;
    private final Map<Site, FleetNode> nodes = new EnumMap<>(Site.class);

    /// Until every node holds every backend for up.
    ///
    /// @param folder for its files; logs are there too
    /// @param geo what the section `geo` says
    static Fleet start(Path folder, String geo) throws IOException {
        var fleet = new Fleet(Backends.start());
        try {
            fleet.startNodes(folder, geo);
            fleet.nodes().forEach(FleetNode::awaitReady);
            fleet.awaitVerdicts("up", Site.values());
            return fleet;
        } catch (IOException | RuntimeException | Error e) {
            fleet.close();
            throw e;
        }
    }

    private Fleet(Backends backends) {
        this.backends = backends;
    }

    private void startNodes(Path folder, String geo) throws IOException {
        var ports = new EnumMap<Site, Ports>(Site.class);
        for (Site site : Site.values()) ports.put(site, Ports.take());
        Path config = folder.resolve("meridian.conf");
        Path key = Files.writeString(folder.resolve("cluster.key"), KEY);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(folder.resolve("example.com.zone"), Zones.SMALL);
        Files.writeString(config, text(geo, ports));
        for (var one : ports.entrySet()) {
            String node = one.getKey().node();
            Ports its = one.getValue();
            nodes.put(one.getKey(), FleetNode.start(config, node, its.dns(), its.api()));
        }
    }

    private record Ports(int dns, int api, int cluster) {

        static Ports take() {
            return new Ports(FreePorts.take(), FreePorts.take(), FreePorts.take());
        }
    }

    private String text(String geo, Map<Site, Ports> ports) {
        return """
        nodes {
        %s}
        cluster { key-file = "cluster.key" }
        regions {
        %s}
        geo { %s }
        monitors { web { http { port = %d }, interval = 1s, timeout = 500ms } }
        zones { "example.com" { file = "example.com.zone" } }
        services {
          www {
            names = ["www.example.com"]
            monitor = web
            answers = 2
            pools {
        %s    }
            steer = [{ to = [nearest] }]
          }
        }
        """
                .formatted(
                        lines(site -> nodeLine(site, Objects.requireNonNull(ports.get(site)))),
                        lines(
                                site ->
                                        "  %s { location = [%s] }\n"
                                                .formatted(site.region(), site.location())),
                        geo,
                        backends.port(),
                        lines(Fleet::poolLine));
    }

    private static String lines(Function<Site, String> line) {
        return Stream.of(Site.values()).map(line).collect(Collectors.joining());
    }

    private static String nodeLine(Site site, Ports ports) {
        return "  %s { region = %s, dns = [\"127.0.0.1:%d\"], api = \"127.0.0.1:%d\", cluster = \"127.0.0.1:%d\" }\n"
                .formatted(site.node(), site.region(), ports.dns(), ports.api(), ports.cluster());
    }

    private static String poolLine(Site site) {
        String endpoints =
                site.backends().stream()
                        .map(address -> "{ v4 = \"" + address + "\" }")
                        .collect(Collectors.joining(", "));
        return "      %s { endpoints = [%s] }\n".formatted(site.region(), endpoints);
    }

    Backends backends() {
        return backends;
    }

    List<FleetNode> nodes() {
        return List.copyOf(nodes.values());
    }

    FleetNode node(Site site) {
        return Objects.requireNonNull(nodes.get(site));
    }

    /// Until every node that runs holds all backends of these sites for up, or down.
    void awaitVerdicts(String verdict, Site... sites) {
        List<String> addresses = Stream.of(sites).flatMap(s -> s.backends().stream()).toList();
        for (FleetNode node : nodes()) node.awaitVerdict(verdict, addresses);
    }

    /// Where a node sends a client; empty where it has no answer.
    static List<Site> sites(FleetNode node, String network, int prefix) {
        try {
            return node.addresses(network, prefix, SERVICE).stream()
                    .flatMap(address -> Site.ofBackend(address).stream())
                    .distinct()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(node + " gave no answer", e);
        }
    }

    static ConditionFactory await(String what) {
        return Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsMatching(Fleet::isOfANetwork);
    }

    /// What is asked may not be there yet. (A second `ignoreExceptions…` replaces the first.)
    private static boolean isOfANetwork(Throwable failure) {
        return failure instanceof IOException || failure instanceof UncheckedIOException;
    }

    @Override
    public void close() {
        nodes().forEach(FleetNode::close);
        backends.close();
    }
}
