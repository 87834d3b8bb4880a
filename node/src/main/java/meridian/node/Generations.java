package meridian.node;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import meridian.config.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The last configurations that this node served, on its disk: what it goes back to when the files
/// are broken, when loading them killed it, or when an operator says so.
///
/// | file | what it is |
/// |---|---|
/// | `7-3f2a….zip` | the files of generation 7, and the SHA-256 of this one |
/// | `7.atlas` | its geo databases as they were read |
/// | `next` | one being written; only a crash leaves it behind |
/// | `distrusted` | which files are not to be loaded, and why; see [Distrust] |
/// | `….broken` | one that is not what its name says, set aside for a look |
///
/// A file has its name only once it is whole and on disk, and the one before is deleted after that.
/// Not for use by two threads at once.
final class Generations {

    private static final Logger LOG = LoggerFactory.getLogger(Generations.class);

    private static final int KEPT = 3;
    private static final Pattern NAME = Pattern.compile("([0-9]{1,18})-([0-9a-f]{64})\\.zip");

    private final Path folder;
    private final List<Generation> kept = new ArrayList<>();

    private Generations(Path folder) {
        this.folder = folder;
    }

    /// Those in a folder, which may not be there yet. What is damaged is set aside.
    static Generations in(Path folder) {
        var generations = new Generations(folder);
        generations.find();
        return generations;
    }

    /// The folder of the only node that has any in a data directory.
    static Optional<Path> onlyOneIn(Path data) {
        if (!Files.isDirectory(data)) return Optional.empty();
        try (Stream<Path> nodes = Files.list(data)) {
            List<Path> found =
                    nodes.map(node -> node.resolve("generations"))
                            .filter(Files::isDirectory)
                            .toList();
            return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// The newest first.
    List<Generation> kept() {
        return List.copyOf(kept);
    }

    Optional<Generation> newest() {
        return kept.stream().findFirst();
    }

    /// The file that says which files are not to be loaded.
    Distrust distrust() {
        return new Distrust(folder.resolve("distrusted"));
    }

    /// Keeps what is served.
    ///
    /// @throws IOException if it cannot be written, or if a file is not any more what was loaded;
    ///   then nothing has changed
    void keep(Served served) throws IOException {
        if (newest().filter(Generation::isWhatTheFilesSay).isPresent()) return;
        Files.createDirectories(folder);
        long number = newest().map(Generation::number).orElse(0L) + 1;
        Path next = folder.resolve("next");
        Files.deleteIfExists(next);
        Generation generation = served.as(number, next, folder.resolve(number + ".atlas"));
        write(generation, served.configuration(), next);
        if (!generation.isWhatTheFilesSay())
            throw new IOException("its files have changed meanwhile");
        if (generation.atlas().isPresent())
            link(served.atlas().orElseThrow(), generation.atlas().get());
        Path named = folder.resolve(number + "-" + sha256(next) + ".zip");
        Files.move(next, named, ATOMIC_MOVE, REPLACE_EXISTING);
        sync();
        kept.addFirst(generation.in(named));
        while (kept.size() > KEPT) forget(kept.removeLast());
    }

    /// What is to be kept.
    ///
    /// @param main the main file
    /// @param inputs of its files before they were read
    /// @param geo what tells its geo databases from others; empty: the embedded table
    /// @param atlas the databases as they were read; empty: the embedded table
    record Served(
            Path main,
            Configuration configuration,
            Instant accepted,
            String inputs,
            String geo,
            Optional<Path> atlas) {

        private Generation as(long number, Path file, Path linked) {
            return new Generation(
                    number,
                    file,
                    main.toAbsolutePath().toString(),
                    configuration.hash(),
                    accepted,
                    configuration.watchedFiles().stream().map(Path::toAbsolutePath).toList(),
                    inputs,
                    geo,
                    atlas.map(_ -> linked));
        }
    }

    /// Opens the files of a generation, under their own names.
    static FileSystem open(Generation generation) throws IOException {
        return open(generation.file());
    }

    private static FileSystem open(Path file) throws IOException {
        try {
            return FileSystems.newFileSystem(file, Map.of("accessMode", "readOnly"));
        } catch (ProviderNotFoundException e) {
            throw new IOException("it is no zip file", e);
        }
    }

    private void find() {
        if (!Files.isDirectory(folder)) return;
        try (Stream<Path> files = Files.list(folder)) {
            files.sorted().forEach(this::take);
        } catch (IOException | UncheckedIOException e) {
            LOG.error("what this node served before cannot be read: {}", e.toString());
        }
        kept.sort(Comparator.comparingLong(Generation::number).reversed());
    }

    private void take(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches()) return;
        long number = Long.parseLong(name.group(1));
        try {
            if (!sha256(file).equals(name.group(2))) throw new IOException("it is damaged");
            kept.add(read(number, file));
        } catch (IOException | RuntimeException e) {
            setAside(file, e);
        }
    }

    private Generation read(long number, Path file) throws IOException {
        Optional<Path> atlas =
                Optional.of(folder.resolve(number + ".atlas")).filter(Files::isRegularFile);
        try (FileSystem zip = open(file)) {
            return Generation.read(number, file, zip, atlas);
        }
    }

    private static void setAside(Path file, Exception why) {
        LOG.error(
                "{} is not what its name says ({}): it is set aside, and the generation before is"
                        + " the one to go back to",
                file,
                why.getMessage());
        try {
            Files.move(file, file.resolveSibling(file.getFileName() + ".broken"), REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.error("{} cannot be set aside: {}", file, e.toString());
        }
    }

    private static void write(Generation generation, Configuration configuration, Path file)
            throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            // One file may be named in several ways.
            var entries = new HashSet<String>();
            for (Path text : configuration.texts())
                if (entries.add(entry(text))) {
                    zip.putNextEntry(new ZipEntry(entry(text)));
                    Files.copy(text, zip);
                }
            // A configuration names its databases, and is refused where they do not exist.
            for (Path database : configuration.geo().files())
                if (entries.add(entry(database))) zip.putNextEntry(new ZipEntry(entry(database)));
            zip.putNextEntry(new ZipEntry(entry(Path.of(Generation.CARD))));
            generation.writeCard(zip);
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /// The entry of a file is its name without the root, where a file system of this puts it again.
    private static String entry(Path file) {
        return file.toAbsolutePath().normalize().toString().substring(1);
    }

    private static void link(Path from, Path to) throws IOException {
        Files.deleteIfExists(to);
        try {
            Files.createLink(to, from);
        } catch (UnsupportedOperationException | IOException _) {
            Files.copy(from, to, REPLACE_EXISTING);
        }
    }

    private void forget(Generation old) {
        try {
            Files.deleteIfExists(old.file());
            if (old.atlas().isPresent()) Files.deleteIfExists(old.atlas().get());
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted: {}", old.file(), e.toString());
        }
    }

    private void sync() throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                var digesting = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digesting.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
