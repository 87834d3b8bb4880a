package meridian.bench;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A program of the system.
///
/// @param packages Debian's, which have it
record Program(String command, String packages) {

    /// Daemons are in sbin, which is not on everybody's PATH.
    private static final String MORE_FOLDERS = ":/usr/sbin:/sbin:/usr/local/sbin";

    private static final Pattern NUMBERS = Pattern.compile("\\d+\\.\\d+(?:\\.\\d+)*");
    private static final Pattern VERSION =
            Pattern.compile("(?i)\\bversion\\W+(" + NUMBERS.pattern() + ")");

    Optional<String> missing() {
        return path().isPresent()
                ? Optional.empty()
                : Optional.of(command + " is not installed: apt-get install " + packages);
    }

    /// Fails if it is not here.
    String required() throws BenchException {
        Optional<Path> path = path();
        if (path.isEmpty())
            throw new BenchException(command + " is needed: apt-get install " + packages);
        return path.get().toString();
    }

    private Optional<Path> path() {
        return Stream.of((System.getenv("PATH") + MORE_FOLDERS).split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, command))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// As it tells it when asked with this word.
    String version(String word) throws BenchException {
        return versionIn(said(List.of(required(), word)));
    }

    /// What stands behind that word, or else the first that looks like one.
    static String versionIn(String said) {
        Matcher named = VERSION.matcher(said);
        if (named.find()) return named.group(1);
        Matcher any = NUMBERS.matcher(said);
        return any.find() ? any.group() : "of an unknown version";
    }

    /// Runs a command to its end; its status does not matter.
    static String said(List<String> command) throws BenchException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new BenchException("\"" + String.join(" ", command) + "\": " + e.getMessage());
        }
    }
}
