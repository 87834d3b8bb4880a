package meridian.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.xbill.DNS.Type;

/// A Meridian that was started as `./meridian` starts it, and can be watched, stopped and killed.
///
/// Close it, in a try or after the test; what is left at the end of the test run is killed.
final class MeridianProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final List<String> words;
    private final Process process;
    private final Path log;

    private MeridianProcess(List<String> words, Process process, Path log) {
        this.words = words;
        this.process = process;
        this.log = log;
    }

    /// One node of the fleet that `config` describes. It runs in `folder`, and its log is there,
    /// continued when a node of that name is started again.
    static MeridianProcess node(Path config, String node, Path folder) throws IOException {
        var words = List.of("run", "--config", config.toString(), "--node", node);
        return start(words, folder, folder.resolve(node + ".log"));
    }

    /// One node that the world of `island` can ask, and only that.
    static MeridianProcess on(Island island, Path config, String node, Path folder)
            throws IOException {
        var words = List.of("run", "--config", config.toString(), "--node", node);
        return start(
                island.there(command(words)),
                words,
                folder,
                folder.resolve(node + ".log"),
                Map.of());
    }

    /// Any command line, for as long as it takes.
    static MeridianProcess start(List<String> words, Path folder, Path log) throws IOException {
        return start(words, folder, log, Map.of());
    }

    /// A node whose clock is so far ahead, by libfaketime; what it waits for takes as long as ever.
    ///
    /// @param days as `+5d`
    static MeridianProcess ahead(Path config, String days, Path folder) throws IOException {
        return start(
                List.of("run", "--config", config.toString()),
                folder,
                folder.resolve("node.log"),
                Map.of(
                        "LD_PRELOAD",
                        Tool.FAKETIME.path().orElseThrow().toString(),
                        "FAKETIME",
                        days,
                        "FAKETIME_DONT_FAKE_MONOTONIC",
                        "1",
                        "DONT_FAKE_MONOTONIC",
                        "1",
                        "FAKETIME_FORCE_MONOTONIC_FIX",
                        "0"));
    }

    private static MeridianProcess start(
            List<String> words, Path folder, Path log, Map<String, String> environment)
            throws IOException {
        return start(command(words), words, folder, log, environment);
    }

    private static List<String> command(List<String> words) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.add("@" + Tree.APP.resolve("run.args"));
        command.add("-XX:AOTCache=" + Tree.APP.resolve("meridian.aot"));
        command.add("-jar");
        command.add(Tree.APP.resolve("meridian-node.jar").toString());
        command.addAll(words);
        return command;
    }

    private static MeridianProcess start(
            List<String> command,
            List<String> words,
            Path folder,
            Path log,
            Map<String, String> environment)
            throws IOException {
        Files.write(log, new byte[0], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        var builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new MeridianProcess(words, process, log);
    }

    /// Until the API says so: `readyz` also waits for a first snapshot, `livez` only for the API.
    void awaitHttp(URI page) {
        await("HTTP 200 from " + page, () -> statusOf(page) == 200);
    }

    /// Until it answers a query with anything at all.
    void awaitDns(InetSocketAddress address) {
        var dns = new DnsClient(address);
        await("a response from " + address, () -> dns.ask("version.bind.", Type.TXT) != null);
    }

    void awaitLogLine(String part) {
        await("the log line \"" + part + "\"", () -> log().contains(part));
    }

    private void await(String what, Callable<Boolean> condition) {
        try {
            Awaitility.await(what)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> !process.isAlive() || condition.call());
        } catch (RuntimeException e) {
            throw new AssertionError(words + " gave no sign of " + what + "; " + logEnd(), e);
        }
        if (!process.isAlive())
            throw new AssertionError(
                    words + " ended with status " + process.exitValue() + "; " + logEnd());
    }

    private static int statusOf(URI page) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(2)).build();
        return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /// Everything it printed so far.
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String logEnd() {
        List<String> lines = log().lines().toList();
        int from = Math.max(0, lines.size() - 40);
        return "the end of its log:\n" + String.join("\n", lines.subList(from, lines.size()));
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// SIGTERM; the status with which it ended.
    int stop() throws InterruptedException {
        process.destroy();
        return awaitEnd();
    }

    /// SIGKILL: it has no time to say goodbye.
    void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitEnd();
    }

    private int awaitEnd() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
            throw new AssertionError(words + " did not end; " + logEnd());
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
