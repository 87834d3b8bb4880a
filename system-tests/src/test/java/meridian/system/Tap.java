package meridian.system;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.Message;
import org.xbill.DNS.Type;

/// Stands between a resolver and a name server, passes UDP queries on one by one, and notes them.
final class Tap implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 5000;
    private static final int LARGEST = 0xffff;

    private final InetSocketAddress server;
    private final DatagramSocket front;
    private final List<String> queries = new CopyOnWriteArrayList<>();

    static Tap before(InetSocketAddress server) throws IOException {
        var tap = new Tap(server);
        Thread.ofVirtual().start(tap::pass);
        return tap;
    }

    private Tap(InetSocketAddress server) throws IOException {
        this.server = server;
        this.front =
                new DatagramSocket(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.take()));
    }

    int port() {
        return front.getLocalPort();
    }

    /// How often the resolver asked for the addresses of a name.
    long asked(String name) {
        return queries.stream().filter((name + " A")::equals).count();
    }

    private void pass() {
        while (!front.isClosed()) {
            try {
                passOne();
            } catch (SocketTimeoutException e) {
                // The resolver asks again.
            } catch (IOException e) {
                if (!front.isClosed()) queries.add(e.toString());
            }
        }
    }

    private void passOne() throws IOException {
        var query = new DatagramPacket(new byte[LARGEST], LARGEST);
        front.receive(query);
        byte[] octets = Arrays.copyOf(query.getData(), query.getLength());
        var question = new Message(octets).getQuestion();
        queries.add(question.getName() + " " + Type.string(question.getType()));
        try (var back = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            back.setSoTimeout(PATIENCE_MILLIS);
            back.send(new DatagramPacket(octets, octets.length, server));
            var response = new DatagramPacket(new byte[LARGEST], LARGEST);
            back.receive(response);
            response.setSocketAddress(query.getSocketAddress());
            front.send(response);
        }
    }

    @Override
    public void close() {
        front.close();
    }
}
