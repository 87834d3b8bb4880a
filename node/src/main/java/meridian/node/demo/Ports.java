package meridian.node.demo;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/// Ports of loopback that are free for UDP and TCP, each given once.
///
/// They lie below the range from which systems take ports for connections, so that a relay that was
/// cut finds its port free when it comes back.
final class Ports {

    private static final int FIRST = 12_000;
    private static final int END = 32_000;

    /// Two demos at once begin at different places.
    private int next = FIRST + Math.floorMod(ProcessHandle.current().pid() * 97, END - FIRST);

    private final Set<Integer> given = new HashSet<>();

    static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /// One of the nine from `first` on, which are easy to remember, if one is free.
    int near(int first) {
        return IntStream.range(first, first + 9)
                .filter(port -> !given.contains(port) && isFree(port))
                .peek(given::add)
                .findFirst()
                .orElseGet(this::any);
    }

    int any() {
        for (int tries = 0; tries < END - FIRST; tries++) {
            int port = next;
            next = port + 1 < END ? port + 1 : FIRST;
            if (isFree(port)) return port;
        }
        throw new IllegalStateException(
                "no port from " + FIRST + " to " + END + " is free on loopback");
    }

    private static boolean isFree(int port) {
        try (var udp = new DatagramSocket(loopback(port));
                var tcp = new ServerSocket()) {
            tcp.bind(loopback(port));
            return udp.isBound();
        } catch (IOException _) {
            return false;
        }
    }
}
