package meridian.node.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A small web server, which stands in for one endpoint: `/healthz` is its region's name.
final class Backend implements AutoCloseable {

    private final Place place;
    private final Listener listener;

    /// @throws IOException if the port is taken
    Backend(Place place, int port) throws IOException {
        this.place = place;
        this.listener = Listener.open(port, this::serve);
    }

    Place place() {
        return place;
    }

    InetSocketAddress address() {
        return listener.address();
    }

    /// After a close.
    void restart() throws IOException {
        listener.reopen();
    }

    @Override
    public void close() {
        listener.close();
    }

    /// One request a connection, as its response says.
    private void serve(Socket connection) throws IOException {
        var lines =
                new BufferedReader(
                        new InputStreamReader(
                                connection.getInputStream(), StandardCharsets.US_ASCII));
        String request = lines.readLine();
        if (request == null) return;
        String header = lines.readLine();
        while (header != null && !header.isEmpty()) header = lines.readLine();
        connection.getOutputStream().write(response(request));
    }

    private byte[] response(String request) {
        boolean known = request.startsWith("GET /healthz ");
        String body = (known ? place.region() : "not here; try /healthz") + "\n";
        return String.join(
                        "\r\n",
                        "HTTP/1.1 " + (known ? "200 OK" : "404 Not Found"),
                        "Content-Type: text/plain",
                        "Content-Length: " + body.length(),
                        "Connection: close",
                        "",
                        body)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
