package meridian.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Asks at a fixed rate, whether or not answers come, and tells how long they took from the moment
/// when each query was due: so a server that stands still is charged for all who would have waited.
///
/// A program of its own, with a core of its own on which it never sleeps.
final class OpenLoop {

    private static final int LONGEST = 1500;

    /// As many as there are ids. At 100,000 a second, half a second's worth.
    private static final int OPEN = 1 << 16;

    /// As much as the kernel gives, up to this.
    private static final int ROOM = 4 << 20;

    /// Not counted: until this program itself is warm.
    private static final long WARM_UP_NANOS = 2_000_000_000L;

    private static final long PATIENCE_NANOS = 500_000_000L;

    private final DatagramChannel channel;
    private final List<ByteBuffer> queries;
    private final long[] due = new long[OPEN];
    private final long[] latencies;
    private final ByteBuffer response = ByteBuffer.allocateDirect(LONGEST);
    private int counted;

    private OpenLoop(DatagramChannel channel, List<ByteBuffer> queries, int most) {
        this.channel = channel;
        this.queries = queries;
        this.latencies = new long[most];
    }

    /// What it measured.
    ///
    /// @param p99Micros no number where more than one in a hundred was not answered
    /// @param sent those that are counted
    record Latency(double p99Micros, long sent, long answered) {

        /// As [#toString] has it.
        static Latency of(String text) throws BenchException {
            String[] fields = text.strip().split(" ", -1);
            if (fields.length != 3 || !text.startsWith("p99="))
                throw new BenchException("the prober says: " + text.strip());
            return new Latency(
                    Double.parseDouble(value(fields[0])),
                    Long.parseLong(value(fields[1])),
                    Long.parseLong(value(fields[2])));
        }

        private static String value(String field) {
            return field.substring(field.indexOf('=') + 1);
        }

        @Override
        public String toString() {
            return "p99=" + p99Micros + " sent=" + sent + " answered=" + answered;
        }
    }

    /// @param queries a file of them
    /// @param rate a second
    static List<String> command(int port, Path queries, long rate, int seconds) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                OpenLoop.class.getName(),
                Integer.toString(port),
                queries.toString(),
                Long.toString(rate),
                Integer.toString(seconds));
    }

    static void main(String[] words) throws IOException {
        int port = Integer.parseInt(words[0]);
        long rate = Long.parseLong(words[2]);
        long nanos = Long.parseLong(words[3]) * 1_000_000_000L;
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, ROOM);
            int most = Math.toIntExact(rate * (nanos / 1_000_000_000L + 1));
            var loop = new OpenLoop(channel, queries(Path.of(words[1])), most);
            System.out.println(loop.run(1e9 / rate, nanos));
        }
    }

    /// Outside of the heap, so that nothing is copied when they are sent.
    private static List<ByteBuffer> queries(Path file) throws IOException {
        ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file));
        var queries = new ArrayList<ByteBuffer>();
        while (all.hasRemaining()) {
            byte[] query = new byte[all.getShort()];
            all.get(query);
            queries.add(
                    ByteBuffer.allocateDirect(query.length).order(ByteOrder.BIG_ENDIAN).put(query));
        }
        return queries;
    }

    private Latency run(double interval, long nanos) throws IOException {
        long begin = System.nanoTime();
        long countFrom = begin + WARM_UP_NANOS;
        long end = countFrom + nanos;
        long sent = 0;
        long sentCounted = 0;
        while (System.nanoTime() - end < 0) {
            long next = begin + (long) (sent * interval);
            if (System.nanoTime() - next >= 0) {
                send((int) (sent % OPEN), next, queries.get((int) (sent % queries.size())));
                sent++;
                if (next - countFrom >= 0) sentCounted++;
            }
            // Also while it catches up: what comes must not pile up in the kernel, and be lost
            // there.
            receive(countFrom);
        }
        while (System.nanoTime() - end < PATIENCE_NANOS) receive(countFrom);
        return latency(sentCounted);
    }

    private void send(int id, long at, ByteBuffer query) throws IOException {
        due[id] = at;
        query.putShort(0, (short) id);
        channel.write(query.rewind());
    }

    private void receive(long countFrom) throws IOException {
        if (channel.read(response.clear()) < Short.BYTES) return;
        int id = response.getShort(0) & OPEN - 1;
        if (due[id] - countFrom >= 0 && counted < latencies.length)
            latencies[counted++] = System.nanoTime() - due[id];
    }

    /// What was not answered took longer than all that was.
    private Latency latency(long sent) {
        Arrays.sort(latencies, 0, counted);
        int rank = (int) (sent * 0.99);
        return new Latency(rank < counted ? latencies[rank] / 1e3 : Double.NaN, sent, counted);
    }
}
