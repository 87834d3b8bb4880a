package meridian.system;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Small real web servers, two a site, that say 200 until they are killed.
final class Backends implements AutoCloseable {

    private static final int OK = 200;
    private static final long NO_BODY = -1;

    private final int port;
    private final Map<Site, List<HttpServer>> running = new EnumMap<>(Site.class);

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
        var servers = new ArrayList<HttpServer>();
        for (String address : site.backends()) {
            var server = HttpServer.create(new InetSocketAddress(address, port), 0);
            server.createContext(
                    "/",
                    exchange -> {
                        exchange.sendResponseHeaders(OK, NO_BODY);
                        exchange.close();
                    });
            server.start();
            servers.add(server);
        }
        running.put(site, servers);
    }

    /// From here on they refuse connections.
    void kill(Site site) {
        List<HttpServer> servers = running.remove(site);
        if (servers == null) throw new IllegalStateException(site + " is dead already");
        servers.forEach(server -> server.stop(0));
    }

    @Override
    public void close() {
        running.values().forEach(servers -> servers.forEach(server -> server.stop(0)));
    }
}
