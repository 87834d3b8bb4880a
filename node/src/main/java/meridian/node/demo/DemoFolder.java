package meridian.node.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Everything of a demo that is on disk, gone at its end: the configuration, the zone, the cluster
/// key, what each node keeps, and what each node logs.
record DemoFolder(Path path) {

    /// @throws IOException if there is no room for it
    static DemoFolder make() throws IOException {
        return new DemoFolder(Files.createTempDirectory("meridian-demo-"));
    }

    Path configuration() {
        return path.resolve("meridian.conf");
    }

    Path log(Place place) {
        return path.resolve(place.node() + ".log");
    }

    /// The last lines of a node's log.
    List<String> logEnd(Place place, int count) {
        try {
            List<String> lines = Files.readAllLines(log(place));
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        } catch (IOException e) {
            return List.of("(it cannot be read: " + e + ")");
        }
    }

    void write(String file, String text) throws IOException {
        Files.writeString(path.resolve(file), text);
    }

    /// Only for the eyes of who runs the demo; a node warns of a key that everyone may read.
    void writeSecret(String file, String text) throws IOException {
        Path secret = path.resolve(file);
        Files.createFile(secret);
        if (Files.getFileStore(secret).supportsFileAttributeView("posix"))
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(secret, text);
    }

    /// As far as it goes: what is left in a temporary folder, the system clears away.
    void delete() {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList())
                Files.deleteIfExists(one);
        } catch (IOException | UncheckedIOException _) {
            // A node that is being ended may still have written.
        }
    }
}
