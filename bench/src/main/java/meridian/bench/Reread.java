package meridian.bench;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;

/// What becomes of queries while a server reads its zone again: one is asked each millisecond, and
/// how long the longest waited is how long the server stood still.
///
/// @param quietMillis the longest before that: what the machine does to anyone
/// @param longestMillis the longest from when it was told until it was through
/// @param seconds from then until it answered with what is new
record Reread(long quietMillis, long longestMillis, double seconds) {

    private static final Duration EACH = Duration.ofMillis(1);
    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// For whatever is tidied up after what is new is answered.
    private static final Duration AFTERWARDS = Duration.ofSeconds(4);

    private static final int PATIENCE_MILLIS = 5_000;
    private static final int RCODE = 3;
    private static final String NEW = "again";

    /// Empty if the server cannot be told.
    static Optional<Reread> of(Served served, Scene scene)
            throws IOException, BenchException, InterruptedException {
        Optional<NameServer.Rereading> how =
                served.server().rereading(served.folder(), served.pids().getFirst());
        return how.isEmpty() ? Optional.empty() : Optional.of(of(served, how.get(), scene));
    }

    private static Reread of(Served served, NameServer.Rereading how, Scene scene)
            throws IOException, BenchException, InterruptedException {
        try (var asker = new Asker(served.port())) {
            Pulse quiet = Pulse.of(asker, EACH);
            Thread.sleep(QUIET);
            long before = quiet.felt().longestMillis();
            change(how.zone());
            Pulse pulse = Pulse.of(asker, EACH);
            long told = System.nanoTime();
            scene.run(how.command());
            while (!asker.hasNew) {
                if (System.nanoTime() - told > PATIENCE.toNanos())
                    throw new BenchException(
                            served.server().name() + " does not answer what is new in its zone");
                Thread.sleep(EACH);
            }
            double seconds = (System.nanoTime() - told) / 1e9;
            Thread.sleep(AFTERWARDS);
            return new Reread(before, pulse.felt().longestMillis(), seconds);
        }
    }

    /// One name more, and another serial. All at once: some look at their files by themselves.
    private static void change(Path zone) throws IOException {
        Path next = zone.resolveSibling("next");
        String text = Files.readString(zone).replace(" admin 1 ", " admin 2 ");
        Files.writeString(next, text + NEW + " A 192.0.2.1\n");
        Files.move(next, zone, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Asks for what is new, which there is not at first.
    private static final class Asker implements Pulse.Question, AutoCloseable {

        private final DatagramSocket socket = new DatagramSocket();
        private final byte[] query = Queries.of(NEW);
        private final DatagramPacket response = new DatagramPacket(new byte[512], 512);
        private volatile boolean hasNew;

        Asker(int port) throws IOException {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        }

        @Override
        public void ask() throws IOException {
            socket.send(new DatagramPacket(query, query.length));
            socket.receive(response);
            hasNew = (response.getData()[RCODE] & 0xf) == 0;
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
