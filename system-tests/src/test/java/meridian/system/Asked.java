package meridian.system;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import org.xbill.DNS.Message;

/// A name server that is asked many queries at once: so that what they cost it is its work, and not
/// that it is woken for each.
final class Asked implements AutoCloseable {

    private static final int LARGEST = 65_535;
    private static final int PATIENCE_MILLIS = 5_000;

    /// At once. The kernel keeps four times as many for a server that reads none.
    private static final int WINDOW = 64;

    private final DatagramSocket socket;

    Asked(InetSocketAddress server) throws IOException {
        socket = new DatagramSocket();
        socket.connect(server);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /// Asks these in turn, `count` in all, and awaits every response.
    ///
    /// @param isRight what each must be; they are not parsed, since that takes this process longer
    ///   than the server takes to answer
    void ask(List<byte[]> queries, int count, Predicate<byte[]> isRight) throws IOException {
        for (int from = 0; from < count; from += WINDOW) {
            int until = Math.min(count, from + WINDOW);
            for (int number = from; number < until; number++)
                send(numbered(queries.get(number % queries.size()), number));
            awaitAll(from, until, isRight);
        }
    }

    private static byte[] numbered(byte[] query, int number) {
        byte[] numbered = query.clone();
        numbered[0] = (byte) (number >> 8);
        numbered[1] = (byte) number;
        return numbered;
    }

    private void awaitAll(int from, int until, Predicate<byte[]> isRight) throws IOException {
        var open = new BitSet();
        open.set(from, until);
        while (!open.isEmpty()) {
            byte[] response = receive("queries from " + from + " on");
            int id = (response[0] & 0xff) << 8 | (response[1] & 0xff);
            if (!isRight.test(response))
                throw new AssertionError("it was answered with " + new Message(response));
            open.clear(from + ((id - from) & 0xffff));
        }
    }

    void send(byte[] octets) throws IOException {
        socket.send(new DatagramPacket(octets, octets.length));
    }

    /// The next response.
    ///
    /// @param to what it is awaited
    byte[] receive(String to) throws IOException {
        var packet = new DatagramPacket(new byte[LARGEST], LARGEST);
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("no response came to " + to, e);
        }
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    @Override
    public void close() {
        socket.close();
    }
}
