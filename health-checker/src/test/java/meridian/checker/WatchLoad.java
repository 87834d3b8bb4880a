package meridian.checker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import meridian.checker.probe.Probes;
import meridian.record.DomainName;
import meridian.time.HybridTime;
import meridian.topology.Agreement;
import meridian.topology.AllDown;
import meridian.topology.Check;
import meridian.topology.Coordinates;
import meridian.topology.Destination;
import meridian.topology.Endpoint;
import meridian.topology.GuardLimits;
import meridian.topology.Monitor;
import meridian.topology.Policy;
import meridian.topology.Pool;
import meridian.topology.Region;
import meridian.topology.RegionId;
import meridian.topology.RiseFall;
import meridian.topology.Service;
import meridian.topology.ServiceId;
import meridian.topology.Topology;

/// Measures how punctual thousands of watches are, and what they cost: real HTTP probes of a
/// backend in another process, whose CPU is not counted. Everything that this process does is, and
/// so is what the kernel does on its behalf. It measures twice: from the start, with the JIT
/// compiler at work, and then as long again.
///
/// Arguments: watches, seconds, and perhaps the milliseconds over which the backend's answers are
/// spread (0: it answers at once). The command is in docs/health.md.
final class WatchLoad {

    private static final byte[] RESPONSE =
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
                    .getBytes(StandardCharsets.US_ASCII);

    private WatchLoad() {}

    public static void main(String... args) throws Exception {
        if (args[0].equals("backend")) serve(Integer.parseInt(args[1]));
        else
            measure(
                    Integer.parseInt(args[0]),
                    Duration.ofSeconds(Long.parseLong(args[1])),
                    args.length > 2 ? args[2] : "0");
    }

    private static void measure(int watchCount, Duration duration, String spread) throws Exception {
        Process backend = startBackend(spread);
        try (var probes = new Probes(relayTo(portOf(backend)));
                var watches = watches(probes)) {
            watches.reconfigure(topology(watchCount));
            measure("from the start", watches, duration);
            measure("then", watches, duration);
        } finally {
            backend.destroy();
        }
    }

    private static void measure(String when, Watches watches, Duration duration)
            throws InterruptedException {
        Counts countsBefore = watches.counts();
        long cpuBefore = cpuNanos();
        long begun = System.nanoTime();
        pass(duration);
        long cpu = cpuNanos() - cpuBefore;
        long took = System.nanoTime() - begun;
        report(when, countsBefore, watches.counts(), cpu, took);
    }

    private static void pass(Duration duration) throws InterruptedException {
        var pauses = new SystemPauses();
        pauses.until(pauses.now() + duration.toNanos());
    }

    private static void report(String when, Counts before, Counts after, long cpu, long took) {
        long probes = total(after) - total(before);
        Counts.Lateness lateness = difference(before.lateness(), after.lateness());
        System.out.printf(
                "%s: %d watches, %d probes in %.1f s, %d failed, %d not made, %d skipped%n",
                when,
                after.watches(),
                probes,
                took / 1e9,
                failed(after) - failed(before),
                after.notMade() - before.notMade(),
                after.skipped() - before.skipped());
        System.out.printf(
                "lateness: p50 <= %s, p90 <= %s, p99 <= %s, p99.9 <= %s, mean %.2f ms%n",
                shown(lateness.quantile(0.5)),
                shown(lateness.quantile(0.9)),
                shown(lateness.quantile(0.99)),
                shown(lateness.quantile(0.999)),
                lateness.sum().toNanos() / 1e6 / lateness.count());
        System.out.printf(
                "CPU of the checker: %.1f %% of a core, %.0f us a probe%n",
                100.0 * cpu / took, cpu / 1e3 / probes);
    }

    private static String shown(Duration duration) {
        return duration.toNanos() / 1e6 + " ms";
    }

    private static long failed(Counts counts) {
        return counts.failed().values().stream().mapToLong(Long::longValue).sum();
    }

    private static long total(Counts counts) {
        return counts.passed() + failed(counts) + counts.notMade();
    }

    private static Counts.Lateness difference(Counts.Lateness before, Counts.Lateness after) {
        var buckets = new ArrayList<Counts.Bucket>();
        for (int i = 0; i < after.buckets().size(); i++) {
            Counts.Bucket bucket = after.buckets().get(i);
            long count = bucket.count() - before.buckets().get(i).count();
            buckets.add(new Counts.Bucket(bucket.upTo(), count));
        }
        return new Counts.Lateness(
                buckets,
                after.beyond() - before.beyond(),
                after.sum().minus(before.sum()),
                after.greatest());
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    private static Watches watches(Probes probes) {
        var clock = new AtomicLong();
        return new Watches(
                probes::of,
                new SystemPauses(),
                () -> new HybridTime(clock.incrementAndGet(), 0),
                new Random(1));
    }

    private static UnaryOperator<InetSocketAddress> relayTo(int port) {
        var backend = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return _ -> backend;
    }

    private static Topology topology(int watchCount) throws IOException {
        var region = new RegionId("here");
        var endpoints = new ArrayList<Endpoint>();
        for (int i = 0; i < watchCount; i++) {
            byte[] octets = {10, 1, (byte) (i >> 8), (byte) i};
            endpoints.add(
                    new Endpoint(
                            new Destination.Address(InetAddress.getByAddress(octets)),
                            1,
                            Optional.empty(),
                            Optional.empty()));
        }
        return Topology.of(
                List.of(),
                List.of(new Region(region, new Coordinates(0, 0), 1, false, List.of())),
                List.of(service(new Pool(region, 0, endpoints))),
                Agreement.DEFAULT);
    }

    private static Service service(Pool pool) {
        var check =
                new Check.Http(
                        false,
                        false,
                        "/healthz",
                        OptionalInt.empty(),
                        Optional.of("www.example.com"),
                        new TreeSet<>(List.of(200)),
                        Optional.of("ok"));
        return new Service(
                new ServiceId("load"),
                List.of(DomainName.of("www.example.com")),
                Duration.ofSeconds(20),
                1,
                Optional.of(
                        new Monitor(
                                "web",
                                check,
                                Duration.ofSeconds(1),
                                Duration.ofMillis(500),
                                new RiseFall(2, 2))),
                List.of(pool),
                new Policy(List.of()),
                new AllDown.FailOpen(),
                new GuardLimits(1));
    }

    private static Process startBackend(String spread) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WatchLoad.class.getName(),
                        "backend",
                        spread)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static int portOf(Process backend) throws IOException {
        var lines =
                new BufferedReader(
                        new InputStreamReader(backend.getInputStream(), StandardCharsets.US_ASCII));
        return Integer.parseInt(Optional.ofNullable(lines.readLine()).orElseThrow());
    }

    private static void serve(int spread) throws IOException {
        var chance = new Random(1);
        try (var listener = new ServerSocket(0, 4096, InetAddress.getLoopbackAddress())) {
            System.out.println(listener.getLocalPort());
            while (true) {
                Socket client = listener.accept();
                var delay = Duration.ofMillis(chance.nextInt(spread + 1));
                Thread.startVirtualThread(() -> answer(client, delay));
            }
        }
    }

    private static void answer(Socket client, Duration delay) {
        try (client;
                InputStream in = client.getInputStream();
                OutputStream out = client.getOutputStream()) {
            // A probe's request comes in one piece.
            if (in.read(new byte[2048]) < 0) return;
            pass(delay);
            out.write(RESPONSE);
        } catch (IOException | InterruptedException _) {
            // the checker has gone
        }
    }
}
