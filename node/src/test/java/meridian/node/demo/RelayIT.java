package meridian.node.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What can be ended in the demo, ends for those who are connected to it, and comes back.
class RelayIT {

    private static final int PATIENCE_MILLIS = 10_000;

    private final Ports ports = new Ports();
    private Backend backend;
    private Relay relay;

    @BeforeEach
    void open() throws IOException {
        backend = new Backend(Place.EU_WEST, ports.any());
        relay = new Relay(ports.any(), backend.address());
    }

    @AfterEach
    void close() {
        relay.close();
        backend.close();
    }

    @Test
    void theBackendIsReachedThroughTheRelay() throws IOException {
        assertThat(get(relay.address(), "/healthz"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .endsWith("\r\n\r\neu-west\n");
        assertThat(get(backend.address(), "/healthz")).isEqualTo(get(relay.address(), "/healthz"));
    }

    @Test
    void anotherPathIsNotFound() throws IOException {
        assertThat(get(backend.address(), "/")).startsWith("HTTP/1.1 404 Not Found\r\n");
    }

    @Test
    void aKilledBackendRefusesAndItsRelayHasNothingToSay() throws IOException {
        backend.close();
        assertThatThrownBy(() -> get(backend.address(), "/healthz"))
                .isInstanceOf(SocketException.class);
        assertThat(getOrNothing(relay.address())).isEmpty();
        backend.restart();
        assertThat(get(relay.address(), "/healthz")).endsWith("eu-west\n");
    }

    @Test
    void aCutRelayRefusesWhileTheBackendServesOthers() throws IOException {
        relay.close();
        assertThatThrownBy(() -> get(relay.address(), "/healthz"))
                .isInstanceOf(SocketException.class);
        assertThat(get(backend.address(), "/healthz")).endsWith("eu-west\n");
        relay.restore();
        assertThat(get(relay.address(), "/healthz")).endsWith("eu-west\n");
    }

    @Test
    void aCutEndsTheConnectionsThatAreOpen() throws IOException {
        try (Socket open = connect(relay.address())) {
            open.getOutputStream().write("GET /healthz".getBytes(StandardCharsets.US_ASCII));
            relay.close();
            assertThat(readOrNothing(open)).isEmpty();
        }
    }

    @Test
    void whatIsOpenMayBeOpenedAgain() throws IOException {
        relay.restore();
        assertThat(get(relay.address(), "/healthz")).endsWith("eu-west\n");
    }

    private static String getOrNothing(InetSocketAddress address) {
        try {
            return get(address, "/healthz");
        } catch (IOException reset) {
            return "";
        }
    }

    private static String readOrNothing(Socket socket) {
        try {
            return read(socket);
        } catch (IOException reset) {
            return "";
        }
    }

    private static String get(InetSocketAddress address, String path) throws IOException {
        try (Socket socket = connect(address)) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: shop.example.test\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return read(socket);
        }
    }

    private static Socket connect(InetSocketAddress address) throws IOException {
        var socket = new Socket();
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(address, PATIENCE_MILLIS);
        return socket;
    }

    private static String read(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
}
