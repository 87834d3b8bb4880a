package meridian.system;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;

/// Ports of 127.0.0.1 that are free for UDP and TCP, each given once in this process.
///
/// They lie below the range from which the kernel takes ports for clients, so that no connection
/// sits on one before the server that it was meant for.
final class FreePorts {

    private static final int FIRST = 12_000;
    private static final int END = 32_000;

    /// Two test runs at once begin at different places.
    private static int next =
            FIRST + Math.floorMod(ProcessHandle.current().pid() * 97, END - FIRST);

    private FreePorts() {}

    static synchronized int take() {
        for (int tries = 0; tries < END - FIRST; tries++) {
            int port = next;
            next = port + 1 < END ? port + 1 : FIRST;
            if (isFree(port)) return port;
        }
        throw new IllegalStateException("no port of " + FIRST + " to " + END + " is free");
    }

    static int[] take(int count) {
        return IntStream.range(0, count).map(i -> take()).toArray();
    }

    private static boolean isFree(int port) {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (var udp = new DatagramSocket(address);
                var tcp = new ServerSocket()) {
            tcp.bind(address);
            return udp.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
