package meridian.system;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/// Small real web servers, two a site, that say 200 until they are killed.
final class Backends implements AutoCloseable {

    private static final int OK = 200;
    private static final long NO_BODY = -1;

    private final int port;
    private final Map<String, HttpServer> running = new HashMap<>();

    /// All of them, at one port.
    static Backends start() throws IOException {
        var backends = new Backends(FreePorts.take());
        for (Site site : Site.values()) backends.revive(site);
        return backends;
    }

    private Backends(int port) {
        this.port = port;
    }

    int port() {
        return port;
    }

    void revive(Site site) throws IOException {
        for (String address : site.backends()) revive(address);
    }

    void revive(String address) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(address, port), 0);
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(OK, NO_BODY);
                    exchange.close();
                });
        server.start();
        running.put(address, server);
    }

    /// From here on they refuse connections.
    void kill(Site site) {
        site.backends().forEach(this::kill);
    }

    void kill(String address) {
        HttpServer server = running.remove(address);
        if (server == null) throw new IllegalStateException(address + " is dead already");
        server.stop(0);
    }

    @Override
    public void close() {
        running.values().forEach(server -> server.stop(0));
    }
}
