package meridian.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A temporary folder, every process that was started, and the control groups of these: of none
/// anything is left, however this one ends, but for a SIGKILL.
final class Scene implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();
    private final List<ProcessorShare> shares = new ArrayList<>();
    private int folders;
    private boolean isClosed;

    private Scene(Path folder) {
        this.folder = folder;
    }

    static Scene open() throws IOException {
        var scene = new Scene(Files.createTempDirectory("meridian-bench-"));
        Runtime.getRuntime().addShutdownHook(new Thread(scene::close, "end of the scene"));
        return scene;
    }

    Path folder() {
        return folder;
    }

    /// An empty one in it. Its name is short: gdnsd's control socket has 108 octets for its whole
    /// path.
    synchronized Path newFolder() throws IOException {
        folders++;
        return Files.createDirectory(folder.resolve(Integer.toString(folders)));
    }

    /// Closes this too, once all processes have ended.
    synchronized void endsWith(ProcessorShare share) {
        shares.add(share);
    }

    /// What it says goes to a file.
    Process start(List<String> command, Path in, Path log) throws IOException {
        return started(
                new ProcessBuilder(command)
                        .directory(in.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile()));
    }

    /// Waits for it; what it said.
    String run(List<String> command) throws BenchException {
        try {
            Process process = started(new ProcessBuilder(command).redirectErrorStream(true));
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            synchronized (this) {
                processes.remove(process);
            }
            return said;
        } catch (IOException e) {
            throw new BenchException("\"" + String.join(" ", command) + "\": " + e.getMessage());
        }
    }

    private synchronized Process started(ProcessBuilder command) throws IOException {
        if (isClosed) throw new IOException("it was ended");
        Process process = command.start();
        processes.add(process);
        process.getOutputStream().close();
        return process;
    }

    /// Whether all is over already: then whatever failed since failed for that.
    synchronized boolean isClosed() {
        return isClosed;
    }

    @Override
    public synchronized void close() {
        if (isClosed) return;
        isClosed = true;
        List<ProcessHandle> all =
                processes.stream()
                        .map(Process::toHandle)
                        .flatMap(leader -> Stream.concat(Stream.of(leader), leader.descendants()))
                        .toList();
        all.forEach(ProcessHandle::destroy);
        all.forEach(Scene::await);
        for (ProcessorShare share : shares) remove(share);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        } catch (IOException e) {
            System.err.println("meridian: " + folder + " cannot be removed: " + e.getMessage());
        }
    }

    private static void remove(ProcessorShare share) {
        try {
            share.close();
        } catch (IOException e) {
            System.err.println("meridian: a control group cannot be removed: " + e);
        }
    }

    private static void await(ProcessHandle process) {
        process.onExit()
                .completeOnTimeout(process, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        if (process.isAlive()) process.destroyForcibly();
    }
}
