package meridian.checker.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;

/// A server on loopback that does what a script says with each connection, and keeps what it was
/// asked.
final class ScriptedServer implements AutoCloseable {

    interface Script {
        void play(Socket client) throws IOException, InterruptedException;
    }

    final LinkedBlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private final ServerSocket listener;
    private final Script script;
    private final boolean asked;

    ScriptedServer(ServerSocket listener, Script script) {
        this(listener, script, true);
    }

    private ScriptedServer(ServerSocket listener, Script script, boolean asked) {
        this.listener = listener;
        this.script = script;
        this.asked = asked;
        Thread.startVirtualThread(this::accept);
    }

    static ServerSocket onLoopback() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /// Reads the request's headers, says this, and closes.
    static ScriptedServer saying(String response) throws IOException {
        return doing(client -> write(client, response));
    }

    /// Reads the request's headers, then follows the script.
    static ScriptedServer doing(Script script) throws IOException {
        return new ScriptedServer(onLoopback(), script);
    }

    /// Says this at once, and closes.
    static ScriptedServer speakingFirst(String text) throws IOException {
        return new ScriptedServer(onLoopback(), client -> write(client, text), false);
    }

    static void write(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Until the other side has closed, or someone interrupts.
    static void hold(Socket client) throws IOException {
        while (client.getInputStream().read() >= 0) {}
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Thread.startVirtualThread(() -> serve(client));
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void serve(Socket client) {
        try (client) {
            if (asked) requests.add(head(client));
            script.play(client);
        } catch (IOException | InterruptedException _) {
            // the probe has gone, which is what some tests are about
        }
    }

    private static String head(Socket client) throws IOException {
        var text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int octet = client.getInputStream().read();
            if (octet < 0) break;
            text.append((char) octet);
        }
        return text.toString();
    }
}
