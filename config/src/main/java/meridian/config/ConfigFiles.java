package meridian.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import meridian.config.source.HoconFile;
import meridian.config.source.Problems;
import meridian.config.source.Spot;
import meridian.config.source.Tree;
import meridian.record.Octets;

/// The main file and the files of `conf.d` beside it as one tree, and a note of everything read.
final class ConfigFiles {

    private static final long MOST_OCTETS = 1L << 29;
    private static final int AT_ONCE = Octets.PIECE / 4;

    private final Problems problems;
    private final Set<Path> watched = new TreeSet<>();
    private final Set<Path> texts = new TreeSet<>();

    ConfigFiles(Problems problems) {
        this.problems = problems;
    }

    /// Nothing, and problems, if any of the files is not well-formed: what it defines would be
    /// missed everywhere else.
    Optional<Tree.Block> read(Path main) {
        var hocon = new HoconFile(problems);
        var roots = new ArrayList<Tree.Block>();
        List<Path> files = withParts(main);
        for (Path file : files)
            text(new Spot(file, 1, "")).flatMap(t -> hocon.read(file, t)).ifPresent(roots::add);
        return roots.size() == files.size()
                ? Optional.of(Tree.Block.joined(roots))
                : Optional.empty();
    }

    /// The content of a file that `at` stands for or names; nothing, and a problem, if it cannot be
    /// read.
    Optional<byte[]> octets(Path file, Spot at) {
        texts.add(file);
        return content(file, at);
    }

    /// What tells the content of a file from all others: of one that others read, and that may be
    /// long.
    Optional<byte[]> digest(Path file, Spot at) {
        texts.add(file);
        return read(file, at, ConfigFiles::digested);
    }

    /// The content of a zone file, which may be long; the caller closes it.
    Optional<Octets> zone(Path file, Spot at) {
        texts.add(file);
        return read(file, at, ConfigFiles::inPieces);
    }

    /// The content of a file that is kept nowhere else: on the disk, even where the configuration
    /// is read from a copy.
    Optional<byte[]> secret(Path file, Spot at) {
        return content(onDisk(file), at);
    }

    /// The file of this name in the file system of this machine.
    static Path onDisk(Path file) {
        return Path.of(file.toString());
    }

    private Optional<byte[]> content(Path file, Spot at) {
        return read(file, at, Files::readAllBytes);
    }

    /// Whoever takes a file in.
    @FunctionalInterface
    private interface Taker<T> {
        T take(Path file) throws IOException;
    }

    private static Octets inPieces(Path file) throws IOException {
        var octets = new Octets();
        byte[] some = new byte[AT_ONCE];
        try (InputStream in = Files.newInputStream(file)) {
            // All but the last are whole, so that there are no gaps; what is added meanwhile is
            // read when the file's change is seen.
            int count = AT_ONCE;
            while (count == AT_ONCE) {
                count = in.readNBytes(some, 0, AT_ONCE);
                octets.put(some, 0, count);
            }
            return octets;
        } catch (IOException e) {
            octets.close();
            throw e;
        }
    }

    private static byte[] digested(Path file) throws IOException {
        MessageDigest digest = Fingerprint.sha256();
        byte[] some = new byte[AT_ONCE];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(some); count > 0; count = in.read(some))
                digest.update(some, 0, count);
        }
        return digest.digest();
    }

    private <T> Optional<T> read(Path file, Spot at, Taker<T> taker) {
        watched.add(file);
        try {
            if (isReadable(file, at)) return Optional.of(taker.take(file));
        } catch (NoSuchFileException _) {
            problems.refuse(place(file, at), missing(file, at), "");
        } catch (IOException e) {
            problems.refuse(at, "the file " + file + " cannot be read: " + e.getMessage(), "");
        }
        return Optional.empty();
    }

    /// Not a device or a pipe, which may have no end, nor a file that has strayed in: a node goes
    /// on answering while it reads, and needs its memory for that.
    private boolean isReadable(Path file, Spot at) throws IOException {
        boolean isLarge = Files.size(file) > MOST_OCTETS;
        if (Files.isRegularFile(file) && !isLarge) return true;
        problems.refuse(
                at,
                "the file "
                        + file
                        + (Files.isRegularFile(file)
                                ? " has " + Files.size(file) + " octets"
                                : " is a folder, a device or a pipe"),
                "a file of up to " + MOST_OCTETS + " octets is accepted");
        return false;
    }

    /// Notes a file that is read by others; a problem if it does not exist.
    Path mustExist(Path file, Spot at) {
        if (!Files.isRegularFile(file)) problems.refuse(at, missing(file, at), "");
        return file;
    }

    void watch(Path file) {
        watched.add(file);
    }

    Set<Path> watched() {
        return watched;
    }

    /// Every file whose content was read, secrets excepted.
    Set<Path> texts() {
        return texts;
    }

    /// The files in a folder with this ending, by name.
    List<Path> list(Path folder, String ending) throws IOException {
        watched.add(folder);
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ending))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    /// Where a file is named; one that nobody names, like the main one, has no line to be wrong.
    private static Spot place(Path file, Spot at) {
        return file.equals(at.file()) ? new Spot(file, Spot.NO_LINE, "") : at;
    }

    private static String missing(Path file, Spot at) {
        return file.equals(at.file())
                ? "the file does not exist"
                : "the file " + file + " does not exist";
    }

    private List<Path> withParts(Path main) {
        var files = new ArrayList<Path>();
        files.add(main);
        Path parts = main.resolveSibling("conf.d");
        try {
            if (Files.isDirectory(parts)) files.addAll(list(parts, ".conf"));
        } catch (IOException e) {
            problems.refuse(new Spot(parts, 1, ""), "cannot be read: " + e.getMessage(), "");
        }
        return files;
    }

    private Optional<String> text(Spot at) {
        return octets(at.file(), at).map(octets -> new String(octets, StandardCharsets.UTF_8));
    }
}
