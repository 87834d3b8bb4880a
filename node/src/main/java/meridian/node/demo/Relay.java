package meridian.node.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/// The network between one vantage and one backend: what is connected to it is connected through.
/// Closed, that vantage has lost its network; the backend and the other vantages do not notice.
final class Relay implements AutoCloseable {

    private final InetSocketAddress backend;
    private final Listener listener;

    /// @throws IOException if the port is taken
    Relay(int port, InetSocketAddress backend) throws IOException {
        this.backend = backend;
        this.listener = Listener.open(port, this::pass);
    }

    InetSocketAddress address() {
        return listener.address();
    }

    /// After a close.
    void restore() throws IOException {
        listener.reopen();
    }

    @Override
    public void close() {
        listener.close();
    }

    /// Octets in both directions, until the backend has said its last. A backend that is not there
    /// ends the connection, much as its own refusal would.
    private void pass(Socket vantage) throws IOException {
        try (var onward = new Socket()) {
            onward.connect(backend);
            Thread.ofVirtual().name("relay to " + backend).start(() -> ask(vantage, onward));
            onward.getInputStream().transferTo(vantage.getOutputStream());
        }
    }

    /// Ends with the vantage's half of the conversation, and when [#pass] closes the other.
    private static void ask(Socket vantage, Socket onward) {
        try (onward) {
            vantage.getInputStream().transferTo(onward.getOutputStream());
        } catch (IOException _) {
            // Either side may close at any moment.
        }
    }
}
