package meridian.node.drill;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/// Web servers of this process that say 200 to everything, at the addresses where a region's
/// endpoints are probed.
final class SyntheticBackends implements Backends, AutoCloseable {

    static final int STATUS = 200;
    private static final long NO_BODY = -1;

    private final List<InetSocketAddress> addresses;
    private final List<HttpServer> running = new ArrayList<>();

    /// @param addresses of this machine
    SyntheticBackends(List<InetSocketAddress> addresses) {
        this.addresses = List.copyOf(addresses);
    }

    /// Nothing, where they run.
    @Override
    public void start() throws DrillException {
        if (!running.isEmpty()) return;
        for (InetSocketAddress address : addresses) running.add(listening(address));
    }

    @Override
    public void stop() {
        running.forEach(server -> server.stop(0));
        running.clear();
    }

    @Override
    public void close() {
        stop();
    }

    private static HttpServer listening(InetSocketAddress address) throws DrillException {
        try {
            HttpServer server = HttpServer.create(address, 0);
            server.createContext(
                    "/",
                    exchange -> {
                        exchange.sendResponseHeaders(STATUS, NO_BODY);
                        exchange.close();
                    });
            server.start();
            return server;
        } catch (IOException e) {
            throw new DrillException(
                    "the synthetic endpoint cannot listen on "
                            + address
                            + ": "
                            + e.getMessage()
                            + "; a canary runs on the machine whose addresses its region has in the"
                            + " configuration");
        }
    }
}
