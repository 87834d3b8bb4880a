package meridian.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A command that was run to its end: what it printed, and how it ended.
record Run(List<String> command, int status, String out, String err) {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /// Runs `./meridian` with these words, from this folder.
    static Run meridian(Path folder, String... words) throws IOException, InterruptedException {
        return of(folder, Map.of(), prepend(Tree.LAUNCHER.toString(), words));
    }

    /// Runs any command; ends it, and fails, when it takes more than five minutes.
    static Run of(Path folder, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("run", ".out");
        Path err = Files.createTempFile("run", ".err");
        try {
            int status = statusOf(folder, environment, command, out, err);
            return new Run(command, status, Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /// Runs a command that reads what it is given.
    static Run of(Path folder, List<String> command, String input)
            throws IOException, InterruptedException {
        Path in = Files.createTempFile("run", ".in");
        try {
            Files.writeString(in, input);
            var words = List.of("sh", "-c", "exec \"$@\" < \"$0\"", in.toString());
            return of(folder, Map.of(), Stream.concat(words.stream(), command.stream()).toList());
        } finally {
            Files.delete(in);
        }
    }

    private static int statusOf(
            Path folder, Map<String, String> environment, List<String> command, Path out, Path err)
            throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(
                    command + " did not end within " + PATIENCE + ": " + Files.readString(err));
        }
        return process.exitValue();
    }

    private static List<String> prepend(String first, String... others) {
        return Stream.concat(Stream.of(first), Arrays.stream(others)).toList();
    }
}
