package meridian.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The files of this tree as they are written, without what is built or fetched.
final class SourceTree {

    static final Path ROOT =
            Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                    .filter(folder -> Files.isExecutable(folder.resolve("meridian")))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("not started inside the tree"));

    /// In a second work tree of git, .git is a file.
    private static final Set<String> NOT_OURS =
            Set.of(
                    ".git",
                    "target",
                    ".idea",
                    ".vscode",
                    ".terraform",
                    "terraform.tfstate",
                    "terraform.tfstate.backup",
                    "node_modules");

    /// A text file, by its path from the root.
    record Source(String path, List<String> lines) {

        /// A failed assertion lists the sources; their lines would bury it.
        @Override
        public String toString() {
            return path + " of " + lines.size() + " lines";
        }

        boolean isJava() {
            return path.endsWith(".java");
        }

        boolean isMain() {
            return path.contains("/src/main/java/");
        }

        boolean isTest() {
            return path.contains("/src/test/java/");
        }

        String text() {
            return String.join("\n", lines);
        }
    }

    /// Every text file; what is not UTF-8 is none.
    static List<Source> sources() {
        return paths().stream().flatMap(path -> read(path).stream()).toList();
    }

    private static List<Path> paths() {
        var paths = new ArrayList<Path>();
        try {
            Files.walkFileTree(ROOT, new Collector(paths));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        paths.sort(null);
        return paths;
    }

    private static final class Collector extends SimpleFileVisitor<Path> {

        private final List<Path> paths;

        private Collector(List<Path> paths) {
            this.paths = paths;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean ours = !NOT_OURS.contains(folder.getFileName().toString());
            return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            boolean ours = !NOT_OURS.contains(file.getFileName().toString());
            if (ours && attributes.isRegularFile() && attributes.size() < 1_000_000)
                paths.add(file);
            return FileVisitResult.CONTINUE;
        }
    }

    private static Optional<Source> read(Path path) {
        try {
            String relative = ROOT.relativize(path).toString().replace('\\', '/');
            return Optional.of(new Source(relative, Files.readAllLines(path)));
        } catch (MalformedInputException binary) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SourceTree() {}
}
