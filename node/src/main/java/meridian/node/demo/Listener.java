package meridian.node.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A TCP port of loopback that can be closed with everything that is connected to it, and opened
/// again: what a program that is killed, or a network that is lost, looks like from outside.
final class Listener implements AutoCloseable {

    /// What is done with a connection; it is closed afterwards.
    @FunctionalInterface
    interface Conversation {
        void hold(Socket connection) throws IOException;
    }

    private final InetSocketAddress address;
    private final Conversation conversation;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private ServerSocket server;
    private Thread accepting;

    /// @throws IOException if the port is taken
    static Listener open(int port, Conversation conversation) throws IOException {
        return new Listener(Ports.loopback(port), conversation);
    }

    private Listener(InetSocketAddress address, Conversation conversation) throws IOException {
        this.address = address;
        this.conversation = conversation;
        server = listening();
        accepting = accepting(server);
    }

    InetSocketAddress address() {
        return address;
    }

    /// Opens it again after a close; nothing if it is open.
    synchronized void reopen() throws IOException {
        if (!server.isClosed()) return;
        server = listening();
        accepting = accepting(server);
    }

    /// Nobody is let in any more, and whoever is in is put out.
    @Override
    public synchronized void close() {
        closeQuietly(server);
        awaitQuietly(accepting);
        connections.forEach(Listener::closeQuietly);
    }

    private ServerSocket listening() throws IOException {
        var socket = new ServerSocket();
        socket.bind(address);
        return socket;
    }

    private Thread accepting(ServerSocket socket) {
        return Thread.ofVirtual().name("accept " + address).start(() -> accept(socket));
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.add(connection);
                Thread.ofVirtual().name("serve " + address).start(() -> serve(connection));
            } catch (IOException _) {
                // The port was closed, or the one who knocked is gone.
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            conversation.hold(connection);
        } catch (IOException _) {
            // Either side may close at any moment: in the demo that is the point.
        } finally {
            connections.remove(connection);
        }
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception _) {
            // What cannot be closed is closed already.
        }
    }

    /// The system keeps the port until the thread that waits on it has let go.
    private static void awaitQuietly(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
