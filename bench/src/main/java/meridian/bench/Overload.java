package meridian.bench;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `./meridian bench overload`.
///
/// ```
/// warm up -> hold the server to a part of a core -> as many queries at a time as dnsperf keeps open
///     -> offer so many, and twice as many each time, until it is several times the most that it answered;
///        meanwhile ask by TCP, ask the API, and let it probe
/// ```
@Command(
        name = "overload",
        header = "Offer Meridian several times what it can answer.",
        description = {
            "Hold a node with every role to a part of one core, and offer it more and more queries, until they are a "
                    + "multiple of the most that it ever answered: how many it answers then, whether TCP, API and "
                    + "probes stay alive, and whether what was dropped is counted.",
            "It takes Linux, root (for a control group), two cores, dnsperf and gcc. Where the machine cannot offer "
                    + "that much, it ends with the most that it can."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./meridian bench overload --percent 30 --times 3"})
final class Overload implements Callable<Integer> {

    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(100);
    private static final int PATIENCE_MILLIS = 5_000;

    /// Who sends less than this part of what it should is at its own end.
    private static final double REACHED = 0.9;

    private static final Pattern COUNTS = Pattern.compile("sent=(\\d+) answered=(\\d+)");

    private static final int LOOKS = 600;
    private static final int BETWEEN_LOOKS_MILLIS = 100;
    private static final int PERCENT = 100;
    private static final double MICROS = 1e6;

    private static final String PASSED = "meridian_checker_probes_passed_total";
    private static final String FAILED = "meridian_checker_probes_failed_total";
    private static final String DROPPED = "meridian_dns_udp_dropped_total";

    @Option(
            names = "--percent",
            paramLabel = "NUMBER",
            description = "How much of a core the server has. Default: ${DEFAULT-VALUE}.")
    private int percent = 30;

    @Option(
            names = "--times",
            paramLabel = "NUMBER",
            description =
                    "How many times the most that it answers it is offered. Default: ${DEFAULT-VALUE}.")
    private int times = 3;

    @Option(
            names = "--seconds",
            paramLabel = "COUNT",
            description = "How long, for each of the two. Default: ${DEFAULT-VALUE}.")
    private int seconds = 10;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description =
                    "How long it is asked before, with a whole core. Default: ${DEFAULT-VALUE}.")
    private int warmUp = 10;

    @Spec private CommandSpec spec;

    /// A rate that was offered, and what came of it.
    ///
    /// @param spent processor time of the server, in microseconds
    /// @param sent queries, of which `answered` were answered
    /// @param dropped queries for which there was no room, as the server counts
    /// @param passed probes, and `failed` ones
    private record Step(
            long spent,
            long sent,
            long answered,
            long dropped,
            Pulse.Felt tcp,
            Pulse.Felt api,
            long passed,
            long failed) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (percent < 1 || percent > PERCENT || times < 1 || seconds < 1 || warmUp < 1)
            throw new ParameterException(
                    spec.commandLine(),
                    "--percent is 1 to 100, --times, --seconds and --warm-up are 1 or more");
        PrintWriter err = spec.commandLine().getErr();
        try (Scene scene = Scene.open()) {
            Dnsperf.PROGRAM.required();
            print(run(scene));
            return 0;
        } catch (BenchException | IOException e) {
            err.println("meridian: " + e.getMessage());
            err.flush();
            return 1;
        }
    }

    private List<Step> run(Scene scene) throws IOException, BenchException, InterruptedException {
        Workload workload = Workload.of(Workload.Size.FULL);
        new Queries(workload).write(scene.folder());
        Path launcher = Path.of(System.getProperty("meridian.launcher", "./meridian"));
        try (var backend = new ServerSocket(0, PERCENT, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> takeAll(backend));
            int api = Served.freePort();
            var node = new WholeNode(launcher, api, backend.getLocalPort());
            Cores cores = Cores.one(Runtime.getRuntime().availableProcessors());
            tell("raising Meridian");
            Served served = Served.start(node, workload, cores, scene);
            awaitApi(api);
            tell("warming up");
            perSecond(served, scene, warmUp);
            ProcessorShare.hold(served.pids(), percent, scene);
            tell("with " + percent + " % of a core");
            double first = perSecond(served, scene, seconds);
            Path flood = CSource.compiled("flood", scene.folder());
            return steps(served, scene, flood, Math.round(first), api);
        }
    }

    /// It answers queries before it has one.
    private static void awaitApi(int api) throws BenchException, InterruptedException {
        for (int looks = 0; looks < LOOKS; looks++) {
            try {
                get(api, "/v1/status");
                return;
            } catch (IOException _) {
                Thread.sleep(BETWEEN_LOOKS_MILLIS);
            }
        }
        throw new BenchException("the API of Meridian does not answer at port " + api);
    }

    private static void takeAll(ServerSocket backend) {
        try {
            while (true) backend.accept().close();
        } catch (IOException _) {
            // It is closed, and all is over.
        }
    }

    private static Path queries(Scene scene) {
        return scene.folder().resolve(Queries.Kind.STEERED.file());
    }

    /// How many are answered a second, if a new one is asked whenever one is.
    private static double perSecond(Served served, Scene scene, int seconds) throws BenchException {
        List<String> command = Dnsperf.command(served.port(), queries(scene), false, seconds);
        return Dnsperf.Counts.of(scene.run(served.cores().generatorCommand(command))).perSecond();
    }

    private List<Step> steps(Served served, Scene scene, Path flood, long first, int api)
            throws IOException, BenchException, InterruptedException {
        var steps = new ArrayList<Step>();
        long most = 0;
        for (long rate = first; ; rate *= 2) {
            tell("offering " + rate + " a second");
            Step step = step(served, scene, flood, rate, api);
            steps.add(step);
            most = Math.max(most, step.answered());
            boolean isAll = step.sent() < REACHED * rate * seconds;
            if (isAll || step.sent() >= times * most) return steps;
        }
    }

    private Step step(Served served, Scene scene, Path flood, long rate, int api)
            throws IOException, BenchException, InterruptedException {
        byte[] query = new Queries(Workload.of(Workload.Size.SMALL)).next(Queries.Kind.PLAIN);
        Map<String, Long> before = metrics(api);
        long spent = served.cpuMicros();
        try (Pulse tcp = Pulse.of(() -> byTcp(served.port(), query), BETWEEN_QUESTIONS);
                Pulse status = Pulse.of(() -> get(api, "/v1/status"), BETWEEN_QUESTIONS)) {
            List<Long> counts = offered(served, scene, flood, rate);
            Pulse.Felt felt = tcp.felt();
            Pulse.Felt seen = status.felt();
            Map<String, Long> after = metrics(api);
            return new Step(
                    served.cpuMicros() - spent,
                    counts.getFirst(),
                    counts.getLast(),
                    since(before, after, DROPPED),
                    felt,
                    seen,
                    since(before, after, PASSED),
                    since(before, after, FAILED));
        }
    }

    private static long since(Map<String, Long> before, Map<String, Long> after, String name) {
        return after.getOrDefault(name, 0L) - before.getOrDefault(name, 0L);
    }

    /// From every core at once: the server leaves most of its own to them.
    ///
    /// @return how many were sent, and how many answered
    private List<Long> offered(Served served, Scene scene, Path flood, long rate)
            throws BenchException {
        int cores = Runtime.getRuntime().availableProcessors();
        List<String> command =
                List.of(
                        flood.toString(),
                        Integer.toString(served.port()),
                        queries(scene).toString(),
                        Long.toString(rate / cores),
                        Integer.toString(seconds));
        List<CompletableFuture<String>> running =
                IntStream.range(0, cores)
                        .mapToObj(
                                _ ->
                                        CompletableFuture.supplyAsync(
                                                () -> said(scene, command),
                                                Thread::startVirtualThread))
                        .toList();
        long sent = 0;
        long answered = 0;
        for (CompletableFuture<String> one : running) {
            Matcher counts = COUNTS.matcher(one.join());
            if (!counts.find()) throw new BenchException("flood says: " + one.join());
            sent += Long.parseLong(counts.group(1));
            answered += Long.parseLong(counts.group(2));
        }
        return List.of(sent, answered);
    }

    private static String said(Scene scene, List<String> command) {
        try {
            return scene.run(command);
        } catch (BenchException e) {
            throw new CompletionException(e);
        }
    }

    /// RFC 7766 §8: behind its length.
    private static void byTcp(int port, byte[] query) throws IOException {
        try (var socket = new Socket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            ByteBuffer out = ByteBuffer.allocate(query.length + Short.BYTES);
            socket.getOutputStream().write(out.putShort((short) query.length).put(query).array());
            var in = new DataInputStream(socket.getInputStream());
            in.readFully(new byte[in.readUnsignedShort()]);
        }
    }

    private static String get(int api, String path) throws IOException {
        var connection =
                (HttpURLConnection)
                        URI.create("http://127.0.0.1:" + api + path).toURL().openConnection();
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// The sums of all of one name.
    private static Map<String, Long> metrics(int api) throws IOException {
        return get(api, "/metrics")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .collect(
                        Collectors.toMap(
                                line -> line.split("[{ ]", 2)[0],
                                line ->
                                        (long)
                                                Double.parseDouble(
                                                        line.substring(line.lastIndexOf(' '))),
                                Long::sum));
    }

    private void print(List<Step> steps) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "With %d %% of a core; each rate for %d s. On %s.%n%n",
                percent, seconds, Machine.text());
        out.println(
                "| offered a second | answered | … of the most | processor time | dropped, of those unanswered | TCP, longest | API, longest | probes |");
        out.println("|---|---|---|---|---|---|---|---|");
        long most = steps.stream().mapToLong(Step::answered).max().orElseThrow();
        for (Step step : steps) {
            long lost = step.sent() - step.answered();
            out.printf(
                    Locale.ROOT,
                    "| %d | %d | %.2f | %.2f s | %d of %d | %s | %s | %d passed, %d failed |%n",
                    step.sent() / seconds,
                    step.answered() / seconds,
                    (double) step.answered() / most,
                    step.spent() / MICROS,
                    step.dropped(),
                    lost,
                    step.tcp(),
                    step.api(),
                    step.passed(),
                    step.failed());
        }
        out.flush();
    }

    private void tell(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }
}
