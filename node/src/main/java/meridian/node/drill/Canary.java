package meridian.node.drill;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import meridian.topology.Check;

/// A synthetic endpoint that dies on a schedule, and what it takes the fleet to move its clients
/// away and back: a failover drill that never ends, of backends that nobody needs.
final class Canary implements AutoCloseable {

    /// Each server is asked so often; the last leg is no finer.
    private static final Duration PERIOD = Duration.ofMillis(10);

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int OK = 200;

    private final Grounds grounds;
    private final Optional<String> token;
    private final String region;
    private final SyntheticBackends backends;
    private final CanaryMetrics metrics = new CanaryMetrics();
    private final HttpServer page;

    /// @param region whose endpoints this process plays
    /// @param page where the metrics are read
    static Canary start(
            Grounds grounds, Optional<String> token, String region, InetSocketAddress page)
            throws DrillException {
        var canary = new Canary(grounds, token, region, page);
        try {
            canary.backends.start();
            return canary;
        } catch (DrillException e) {
            canary.close();
            throw e;
        }
    }

    private Canary(Grounds grounds, Optional<String> token, String region, InetSocketAddress page)
            throws DrillException {
        this.grounds = grounds;
        this.token = token;
        this.region = region;
        this.backends = new SyntheticBackends(addresses(grounds, region));
        this.page = serving(page);
    }

    private static List<InetSocketAddress> addresses(Grounds grounds, String region)
            throws DrillException {
        int port =
                switch (grounds.check()) {
                    case Check.Tcp tcp -> tcp.port();
                    case Check.Http http
                            when !http.tls()
                                    && http.body().isEmpty()
                                    && http.expect().contains(SyntheticBackends.STATUS) ->
                            http.portOrDefault();
                    case Check.Http _ ->
                            throw new DrillException(
                                    "the synthetic endpoint says 200 to everything, without TLS and with no"
                                            + " body; the monitor of "
                                            + grounds.name()
                                            + " wants something else");
                };
        return grounds.probed().getOrDefault(region, Set.of()).stream()
                .map(address -> new InetSocketAddress(address, port))
                .toList();
    }

    private HttpServer serving(InetSocketAddress address) throws DrillException {
        try {
            HttpServer server = HttpServer.create(address, 0);
            server.createContext(
                    "/metrics",
                    exchange -> {
                        byte[] body = metrics.page().getBytes(StandardCharsets.UTF_8);
                        exchange.getResponseHeaders()
                                .set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
                        exchange.sendResponseHeaders(OK, body.length);
                        exchange.getResponseBody().write(body);
                        exchange.close();
                    });
            server.start();
            return server;
        } catch (IOException e) {
            throw new DrillException(
                    "the metrics cannot be served on " + address + ": " + e.getMessage());
        }
    }

    /// One death and one return. A round that fails is counted and told, and the endpoint lives
    /// again.
    ///
    /// @param told what came of it, a line
    void round(Consumer<String> told) throws InterruptedException {
        try (Crowd crowd = crowd()) {
            var plan = new FailoverDrill.Plan(region, backends, Optional.empty());
            metrics.measured(
                    new FailoverDrill(grounds, token, plan, crowd, Thread::sleep)
                            .run(1, (_, made) -> told.accept(made)),
                    Instant.now());
        } catch (DrillException e) {
            metrics.failed();
            told.accept("not measured: " + e.getMessage());
        }
    }

    /// As soon as someone is sent to the region, which takes as many probes as its monitor says.
    private Crowd crowd() throws DrillException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() - end < 0) {
            Crowd crowd = Crowd.gather(grounds, List.of(), PERIOD);
            if (crowd.clients().containsKey(region)) return crowd;
            crowd.close();
            Thread.sleep(LOOK);
        }
        throw new DrillException("for " + LIMIT.toSeconds() + " s no client is sent to " + region);
    }

    @Override
    public void close() {
        page.stop(0);
        backends.close();
    }
}
