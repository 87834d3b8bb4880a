package meridian.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import meridian.config.source.ConfigProblem;

/// A folder with a configuration in it, for tests.
final class ConfigFolder {

    static final Map<String, String> ENVIRONMENT =
            Map.of(
                    "MERIDIAN_CLUSTER_KEY", "0123456789abcdef0123456789abcdef",
                    "MERIDIAN_OFFICE_KEY", "MDEyMzQ1Njc4OWFiY2RlZg==");

    private final Path folder;

    ConfigFolder(Path folder) {
        this.folder = folder;
    }

    ConfigFolder with(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        // Whatever the mask of who runs the tests: what is told of a key file depends on its mode.
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
        return this;
    }

    ConfigOutcome read() {
        return read(ENVIRONMENT);
    }

    ConfigOutcome read(Map<String, String> environment) {
        return new ConfigReader(environment).read(folder.resolve("meridian.conf"));
    }

    Configuration accepted() {
        return switch (read()) {
            case ConfigOutcome.Accepted(var configuration, _) -> configuration;
            case ConfigOutcome.Refused(var problems, _) -> throw new AssertionError(problems);
        };
    }

    /// What is told, a line each, with file names from this folder on.
    List<String> problems() {
        return problems(read());
    }

    List<String> problems(ConfigOutcome outcome) {
        List<ConfigProblem> problems =
                switch (outcome) {
                    case ConfigOutcome.Accepted(_, var warnings) -> warnings;
                    case ConfigOutcome.Refused(var all, _) -> all;
                };
        return problems.stream()
                .map(problem -> problem.toString().replace(folder + "/", ""))
                .toList();
    }
}
