package meridian.bench;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// A name server that runs, with what it costs: its process and those below it.
final class Served {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int BETWEEN_LOOKS_MILLIS = 100;

    /// The kernel counts processor time for programs in hundredths of a second (USER_HZ), whatever
    /// it does inside, on every machine that we know.
    private static final long TICK_MICROS = 10_000;

    /// Of /proc/PID/stat behind the name, which may hold anything: utime and stime.
    private static final int UTIME = 11;

    private static final int ANSWER_COUNT = 7;
    private static final double BYTES_PER_MEGABYTE = 1e6;

    private final NameServer server;
    private final Path folder;
    private final int port;
    private final Cores cores;
    private final Process process;

    private Served(NameServer server, Path folder, int port, Cores cores, Process process) {
        this.server = server;
        this.folder = folder;
        this.port = port;
        this.cores = cores;
        this.process = process;
    }

    /// Until it answers.
    static Served start(NameServer server, Workload workload, Cores cores, Scene scene)
            throws IOException, BenchException, InterruptedException {
        int port = freePort();
        Path folder = scene.newFolder();
        Path log = folder.resolve("log");
        List<String> command = cores.serverCommand(server.prepare(workload, folder, port));
        var served = new Served(server, folder, port, cores, scene.start(command, folder, log));
        served.awaitAnswer(new Queries(workload).next(Queries.Kind.PLAIN), log);
        return served;
    }

    /// Free for both protocols a moment ago.
    static int freePort() throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (var tcp = new ServerSocket(0, 1, here);
                var _ = new DatagramSocket(tcp.getLocalPort(), here)) {
            return tcp.getLocalPort();
        }
    }

    private void awaitAnswer(byte[] query, Path log)
            throws IOException, BenchException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!answers(query)) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0)
                throw new BenchException(
                        server.name() + " does not answer; it said:\n" + Files.readString(log));
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
    }

    private boolean answers(byte[] query) {
        try (var socket = new DatagramSocket()) {
            socket.setSoTimeout(BETWEEN_LOOKS_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.send(new DatagramPacket(query, query.length));
            var response = new DatagramPacket(new byte[512], 512);
            socket.receive(response);
            return response.getData()[ANSWER_COUNT] == 1;
        } catch (IOException _) {
            return false;
        }
    }

    /// Where it was prepared.
    Path folder() {
        return folder;
    }

    NameServer server() {
        return server;
    }

    int port() {
        return port;
    }

    Cores cores() {
        return cores;
    }

    /// Processor time so far.
    long cpuMicros() throws BenchException {
        long ticks = 0;
        for (long pid : pids()) {
            String stat = read(pid, "stat");
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            ticks += Long.parseLong(fields[UTIME]) + Long.parseLong(fields[UTIME + 1]);
        }
        return ticks * TICK_MICROS;
    }

    /// What it holds in memory now.
    double residentMegabytes() throws BenchException {
        long kilobytes = 0;
        for (long pid : pids())
            kilobytes +=
                    read(pid, "status")
                            .lines()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum();
        return kilobytes * 1024 / BYTES_PER_MEGABYTE;
    }

    /// Its processes.
    List<Long> pids() {
        ProcessHandle leader = process.toHandle();
        return Stream.concat(Stream.of(leader), leader.descendants())
                .map(ProcessHandle::pid)
                .toList();
    }

    private String read(long pid, String what) throws BenchException {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), what));
        } catch (IOException e) {
            throw new BenchException(server.name() + " ended while it was measured");
        }
    }
}
