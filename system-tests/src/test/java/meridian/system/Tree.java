package meridian.system;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Where things are in the checked-out tree, wherever the test was started.
final class Tree {

    static final Path ROOT = root();
    static final Path LAUNCHER = ROOT.resolve("meridian");

    /// What `./meridian` starts: all jars, and what `java` is told.
    static final Path APP = ROOT.resolve("node/target/app");

    private Tree() {}

    private static Path root() {
        return Stream.iterate(
                        Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .filter(folder -> Files.isExecutable(folder.resolve("meridian")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("not started inside the tree"));
    }
}
