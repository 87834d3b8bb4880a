package meridian.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// The files of a node that starts, ends and is killed, in a folder that each test has anew.
abstract class NodeFiles {

    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    static final long LONG_AFTER = Duration.ofDays(1).toNanos();

    @TempDir Path folder;

    private int writes;

    /// Of those that are made from now on.
    boolean isServed = true;

    @BeforeEach
    void writeTheFirst() throws IOException {
        write("a 10");
    }

    /// Of a node that starts, serves for long enough, and ends in order.
    String provenHash() throws Exception {
        try (Reloads reloads = reloads()) {
            return reloads.first().configuration().hash();
        }
    }

    /// Of a node that starts, and is killed.
    String killed() throws Exception {
        return reloads().first().configuration().hash();
    }

    Reloads reloads() {
        return reloads(folder.resolve("meridian.conf"));
    }

    Reloads reloads(Path main) {
        return new Reloads(
                new NodeOptions.Wish(
                        Optional.of(main),
                        Optional.empty(),
                        Set.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()),
                InstantSource.fixed(NOON),
                () -> 0,
                () -> isServed);
    }

    Path generations() {
        return folder.resolve("data/local/generations");
    }

    Path generation(String prefix) throws IOException {
        try (Stream<Path> all = Files.list(generations())) {
            return all.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow();
        }
    }

    void write(String record) throws IOException {
        Files.writeString(folder.resolve("example.com.zone"), zone(record));
        Files.writeString(
                folder.resolve("meridian.conf"),
                """
                zones { "example.com" { file = "example.com.zone" } }
                regions { us-east { location = [38.9, -77.0] } }
                """);
        age(folder.resolve("example.com.zone"));
    }

    static String zone(String record) {
        return """
                @   3600 SOA ns1 hostmaster 1 3600 600 86400 60
                @   3600 NS  ns1
                ns1 3600 A   192.0.2.53
                %s A 192.0.2.1
                """
                .formatted(record);
    }

    /// Two writes within one tick of the file system's clock must differ all the same.
    void age(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(NOON.plusSeconds(++writes)));
    }
}
