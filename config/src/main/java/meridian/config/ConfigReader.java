package meridian.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import meridian.config.source.Problems;

/// Reads a configuration whole: a main file, the files of `conf.d` beside it, and the zone files
/// and keys that they name. All problems are told at once; a configuration with an error is none.
public final class ConfigReader {

    private final Map<String, String> environment;

    /// With the environment of this process.
    public ConfigReader() {
        this(System.getenv());
    }

    /// @param environment where secrets may be that are in no file
    public ConfigReader(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    public ConfigOutcome read(Path file) {
        var problems = new Problems();
        var files = new ConfigFiles(problems);
        Optional<Configuration> configuration =
                files.read(file)
                        .flatMap(tree -> new Assembly(problems, files, environment).assemble(tree));
        return configuration.isPresent()
                ? new ConfigOutcome.Accepted(configuration.get(), problems.toList())
                : new ConfigOutcome.Refused(problems.toList(), files.watched());
    }

    /// Where the nodes of a configuration keep what must survive a restart, if that much of it can
    /// be read: a node must find what served last though its configuration is broken now.
    public static Path dataDirectory(Path file) {
        var problems = new Problems();
        return new ConfigFiles(problems)
                .read(file)
                .map(tree -> Fields.of(tree, Schema.ROOT, problems))
                .map(root -> Assembly.dataDirectory(root, problems))
                .orElseGet(() -> ConfigFiles.onDisk(file.resolveSibling("data")));
    }

    /// What serves when no file is given: `example.test.` and a service in three regions, on
    /// loopback.
    public static Configuration readEmbedded() {
        return EmbeddedConfiguration.read();
    }
}
