package meridian.api;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The API of one node, listening.
///
/// One event loop reads requests and writes replies; what is between runs on virtual threads and
/// may wait.
public final class ControlApi implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlApi.class);
    private static final int START_SECONDS = 30;
    private static final int CLOSE_SECONDS = 5;

    private final Vertx vertx;
    private final HttpServer server;
    private final ExecutorService waiting;

    private ControlApi(Vertx vertx, HttpServer server, ExecutorService waiting) {
        this.vertx = vertx;
        this.server = server;
        this.waiting = waiting;
    }

    /// Whether an API could listen there now, for a node that has much to do before its API starts.
    ///
    /// @throws IOException if it could not
    public static void checkFree(InetSocketAddress address) throws IOException {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
        } catch (IOException e) {
            throw cannotListen(address, e);
        }
    }

    /// Listens, and returns once it does.
    ///
    /// @throws IOException if the address cannot be listened on
    public static ControlApi start(
            ApiOptions options, Fleet fleet, Audit audit, PrometheusMeterRegistry registry)
            throws IOException {
        var changes = new Changes(fleet, audit);
        var routes =
                new Routes(
                        new Views(fleet),
                        new Drains(fleet, changes, ControlApi::freshId),
                        new IntentRoutes(fleet, changes, ControlApi::freshId),
                        new Rollback(fleet, changes),
                        new FleetGauges(fleet, registry));
        ExecutorService waiting =
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("api-", 0).factory());
        Vertx vertx = Vertx.vertx(vertxOptions());
        var front = new Front(vertx, routes, options, waiting);
        HttpServer server =
                vertx.createHttpServer(httpOptions(options))
                        .connectionHandler(front::count)
                        .invalidRequestHandler(Front::refuseInvalid)
                        .requestHandler(front.router());
        var api = new ControlApi(vertx, server, waiting);
        api.listen(options.listen());
        return api;
    }

    /// The port that it listens on.
    public int port() {
        return server.actualPort();
    }

    /// Stops listening; requests under way are cut off after a moment.
    @Override
    public void close() {
        waiting.shutdown();
        try {
            vertx.close().await(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException _) {
            LOG.warn(
                    "the API did not close within {} s; its threads end with the process",
                    CLOSE_SECONDS);
        }
    }

    private void listen(InetSocketAddress address) throws IOException {
        try {
            server.listen(address.getPort(), address.getAddress().getHostAddress())
                    .await(START_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            close();
            throw new IOException("the API was not listening after " + START_SECONDS + " s", e);
        } catch (Exception e) {
            // Not only those that await() declares: it throws whatever listening failed with.
            close();
            throw cannotListen(address, e);
        }
    }

    private static IOException cannotListen(InetSocketAddress address, Exception cause) {
        return new IOException(
                "the API cannot listen on "
                        + address.getAddress().getHostAddress()
                        + " port "
                        + address.getPort()
                        + ": "
                        + cause.getMessage(),
                cause);
    }

    /// Vert.x as a plain HTTP server: one loop, no pools, no cache of files on disk.
    private static VertxOptions vertxOptions() {
        return new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions()
                                .setFileCachingEnabled(false)
                                .setClassPathResolvingEnabled(false));
    }

    private static HttpServerOptions httpOptions(ApiOptions options) {
        return new HttpServerOptions()
                .setIdleTimeout(30)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setMaxInitialLineLength(4096)
                .setMaxHeaderSize(16_384)
                .setHandle100ContinueAutomatically(true)
                .setCompressionSupported(true)
                // One protocol, whose limits are those above.
                .setHttp2ClearTextEnabled(false)
                .setReuseAddress(true)
                .setPort(options.listen().getPort());
    }

    /// 80 random bits: no two drains of a fleet will ever share them.
    private static String freshId() {
        var octets = new byte[10];
        Chance.SECURE.nextBytes(octets);
        return HexFormat.of().formatHex(octets);
    }

    /// Seeded only when the first drain is made, not at the start.
    private static final class Chance {
        private static final SecureRandom SECURE = new SecureRandom();
    }
}
