package meridian.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/// The configuration in our own resources, read as any other, from a folder or out of a jar.
final class EmbeddedConfiguration {

    private static final String MAIN = "/meridian/config/embedded/meridian.conf";

    private EmbeddedConfiguration() {}

    static Configuration read() {
        try {
            URI main =
                    Objects.requireNonNull(EmbeddedConfiguration.class.getResource(MAIN), MAIN)
                            .toURI();
            if (!main.getScheme().equals("jar")) return configuration(Path.of(main));
            URI jar = URI.create(main.toString().substring(0, main.toString().indexOf('!')));
            try (FileSystem files = FileSystems.newFileSystem(jar, Map.of())) {
                return configuration(files.getPath(MAIN));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Nothing to watch: resources do not change. What must survive a restart goes to the folder
    /// for temporary files, since no one chose a place.
    private static Configuration configuration(Path main) {
        return switch (new ConfigReader(Map.of()).read(main)) {
            case ConfigOutcome.Refused(var problems, _) ->
                    throw new IllegalStateException("the embedded configuration: " + problems);
            case ConfigOutcome.Accepted(var read, _) ->
                    new Configuration(
                            read.topology(),
                            read.reach(),
                            read.selfTests(),
                            read.zones(),
                            read.signed(),
                            read.transfers(),
                            read.transferKeys(),
                            read.clientSets(),
                            read.geo(),
                            read.cluster(),
                            read.api(),
                            read.dns(),
                            temporaryFolder(),
                            new TreeSet<>(),
                            new TreeSet<>(),
                            read.hash());
        };
    }

    private static Path temporaryFolder() {
        return Path.of(
                System.getProperty("java.io.tmpdir", "/tmp"),
                "meridian-" + System.getProperty("user.name", "nobody"));
    }
}
