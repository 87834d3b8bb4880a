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

    /// Behind the word, or else the first of a line.
    private static final Pattern VERSION =
            Pattern.compile(
                    "(?:version|^)[^\\d\n]*(\\d+\\.\\d+(?:\\.\\d+)*)",
                    Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

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

    /// The first thing like a version that it says when asked with this word.
    String version(String word) throws BenchException {
        Matcher version = VERSION.matcher(said(List.of(required(), word)));
        return version.find() ? version.group(1) : "of an unknown version";
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
