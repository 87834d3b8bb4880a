package meridian.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `./meridian bench services`.
@Command(
        name = "services",
        header = "Measure how soon a drain of many services is in the answers.",
        description = {
            "Start a node on one core with so many services of an address in each of three regions, drain a region of all of them by its API "
                    + "and end that again, round after round, while a name is asked each half millisecond: tell how long after the request its "
                    + "answer changes, when the API had answered, and how long a query waited at most. The first round is told apart: "
                    + "then Java has yet to compile what it takes."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./meridian bench services --services 100000"})
final class ManyServices implements Callable<Integer> {

    private static final Duration QUIET = Duration.ofSeconds(20);
    private static final Duration BETWEEN = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int BETWEEN_QUESTIONS_MICROS = 500;
    private static final int MOST = 200_000;
    private static final int ADDRESS = 4;

    private static final String DRAIN =
            """
            {"region": "use", "reason": "to see what it takes", "for": "10m"}""";

    @Option(
            names = "--services",
            paramLabel = "COUNT",
            description = "How many there are, 200,000 at most. Default: ${DEFAULT-VALUE}.")
    private int count = 100_000;

    @Option(
            names = "--rounds",
            paramLabel = "COUNT",
            description = "How often; medians are of all but the first. Default: ${DEFAULT-VALUE}.")
    private int rounds = 6;

    @Spec private CommandSpec spec;

    /// How one request went, in milliseconds after it was sent.
    ///
    /// @param longest the longest that a query waited meanwhile
    private record Change(double answered, double changed, double longest) {}

    /// Meridian with these services.
    private record Node(Services services, Path launcher, int api) implements LaunchedMeridian {

        @Override
        public String name() {
            return Goal.MERIDIAN;
        }

        @Override
        public List<String> prepare(Workload workload, Path folder, int port) throws IOException {
            String node =
                    "roles = [dns, api], dns = [\"127.0.0.1:%d\"], api = \"127.0.0.1:%d\""
                            .formatted(port, api);
            for (Map.Entry<String, String> file : services.files(node, "").entrySet())
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
            String config = folder.resolve("meridian.conf").toString();
            return List.of(launcher.toString(), "run", "--config", config);
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (count < 1 || count > MOST || rounds < 2)
            throw new ParameterException(
                    spec.commandLine(), "--services is 1 to 200000, and --rounds 2 or more");
        PrintWriter err = spec.commandLine().getErr();
        try (Scene scene = Scene.open()) {
            spec.commandLine().getOut().print(measured(scene));
            spec.commandLine().getOut().flush();
            return 0;
        } catch (BenchException e) {
            err.println("meridian: " + e.getMessage());
            return 1;
        }
    }

    private String measured(Scene scene) throws IOException, BenchException, InterruptedException {
        int api = Served.freePort();
        Cores cores = Cores.one(Runtime.getRuntime().availableProcessors());
        var node = new Node(new Services(count), Bench.launcher(), api);
        Served served = Served.start(node, Workload.of(Workload.Size.BARE), cores, scene);
        double seconds = served.cpuMicros() / 1e6;
        Thread.sleep(QUIET);
        double resident = served.residentMegabytes();
        var drains = new ArrayList<Change>();
        var ends = new ArrayList<Change>();
        for (int round = 0; round < rounds; round++) {
            drains.add(change(served, () -> request(api, "POST", "", DRAIN)));
            Thread.sleep(BETWEEN);
            ends.add(change(served, () -> request(api, "DELETE", "?region=use", "")));
            Thread.sleep(BETWEEN);
        }
        return """
        %,d services: %.1f s of processor time until the first answer, %.0f MB resident 20 s later

        | ms after the request | answers change | | the API has answered | longest wait for an answer |
        |---|---|---|---|---|
        """
                        .formatted(count, seconds, resident)
                + rows("a drain", drains)
                + rows("the end of a drain", ends);
    }

    private Change change(Served served, Callable<Long> request)
            throws IOException, BenchException, InterruptedException {
        try (var asker = new Asker(served.port(), count - 1)) {
            int before = asker.ask();
            long began = System.nanoTime();
            var answered = new FutureTask<>(request);
            Thread.ofPlatform().daemon().start(answered);
            long longest = 0;
            boolean isChanged = false;
            while (!isChanged) {
                if (System.nanoTime() - began > PATIENCE.toNanos())
                    throw new BenchException("answers did not change within " + PATIENCE);
                TimeUnit.MICROSECONDS.sleep(BETWEEN_QUESTIONS_MICROS);
                long asked = System.nanoTime();
                isChanged = asker.ask() != before;
                longest = Math.max(longest, System.nanoTime() - asked);
            }
            double changed = millis(System.nanoTime() - began);
            return new Change(millis(answered.get() - began), changed, millis(longest));
        } catch (ExecutionException e) {
            throw new BenchException("the API of Meridian said: " + e.getCause());
        }
    }

    /// Asks for the last of the services.
    private static final class Asker implements AutoCloseable {

        private final DatagramSocket socket = new DatagramSocket();
        private final DatagramPacket query;
        private final DatagramPacket response = new DatagramPacket(new byte[512], 512);

        Asker(int port, int service) throws IOException {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            byte[] octets = Queries.of(Services.label(service));
            query = new DatagramPacket(octets, octets.length);
        }

        /// A number for the region in the answer, whose address ends the response.
        int ask() throws IOException {
            socket.send(query);
            socket.receive(response);
            return Services.region(response.getData()[response.getLength() - ADDRESS + 1]);
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    /// When it was answered.
    private static long request(int api, String method, String query, String body)
            throws IOException {
        var url = URI.create("http://127.0.0.1:" + api + "/v1/drains" + query).toURL();
        var connection = (HttpURLConnection) url.openConnection();
        connection.setRequestMethod(method);
        if (!body.isEmpty()) {
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        }
        try (var answer = connection.getInputStream()) {
            answer.readAllBytes();
        }
        return System.nanoTime();
    }

    private static String rows(String what, List<Change> changes) {
        return row(what + ", the first", changes.subList(0, 1))
                + row(what, changes.subList(1, changes.size()));
    }

    private static String row(String what, List<Change> changes) {
        Median changed = median(changes, Change::changed);
        return "| %s | %.0f | %.0f to %.0f | %.0f | %.0f |\n"
                .formatted(
                        what,
                        changed.middle(),
                        changed.lowest(),
                        changed.highest(),
                        median(changes, Change::answered).middle(),
                        median(changes, Change::longest).highest());
    }

    private static Median median(List<Change> changes, ToDoubleFunction<Change> what) {
        return Median.of(changes.stream().map(what::applyAsDouble).toList());
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
