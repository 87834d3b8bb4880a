package meridian.cluster;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a node knew when it last changed, on its disk: the intents, the verdicts and the
/// incarnations. With it a node that restarts answers at once, and drains outlive a restart of all.
///
/// | file | what it is |
/// |---|---|
/// | `state` | the newest generation |
/// | `state.previous` | the one before |
/// | `state.next` | one being written; only a crash leaves it behind |
/// | `state.broken-1` | one that could not be read, set aside for a look |
/// | `lock` | held by the process that uses the directory, and its process id |
///
/// A save writes and syncs `state.next`, moves `state` to `state.previous` and `state.next` to
/// `state`, and syncs the directory. Wherever that is cut short, the whole generation with the
/// highest number is what was saved last, or was about to be.
public final class LastKnownGood implements StateStore, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LastKnownGood.class);

    private final Path directory;
    private final Path state;
    private final Path previous;
    private final Path next;
    private final DirectoryLock lock;
    private Generation newest;

    private LastKnownGood(Path directory, DirectoryLock lock) throws IOException {
        this.directory = directory;
        this.lock = lock;
        state = directory.resolve("state");
        previous = directory.resolve("state.previous");
        next = directory.resolve("state.next");
        newest = newest();
    }

    /// Takes the directory for this process, and reads what is in it. The directory is made if
    /// there is none.
    ///
    /// @throws IOException if another process uses it, or it cannot be read or written
    public static LastKnownGood open(Path directory) throws IOException {
        Files.createDirectories(directory);
        DirectoryLock lock = DirectoryLock.take(directory);
        try {
            return new LastKnownGood(directory, lock);
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    @Override
    public synchronized SavedState saved() {
        return newest.state();
    }

    @Override
    public synchronized void save(SavedState saved) throws IOException {
        var generation = new Generation(newest.number() + 1, saved);
        write(generation.toBytes());
        if (Files.exists(state)) move(state, previous);
        move(next, state);
        sync();
        newest = generation;
    }

    /// Lets another process use the directory.
    @Override
    public void close() throws IOException {
        lock.close();
    }

    private Generation newest() throws IOException {
        Optional<Generation> current = readOrSetAside(state);
        Optional<Generation> before = readOrSetAside(previous);
        Optional<Generation> unfinished = finish(current);
        return unfinished.or(() -> current).or(() -> before).orElse(Generation.NONE);
    }

    /// Finishes a save that was cut short, if it had come far enough.
    private Optional<Generation> finish(Optional<Generation> current) throws IOException {
        Optional<Generation> unfinished = read(next);
        if (unfinished.isEmpty()) {
            Files.deleteIfExists(next);
            return unfinished;
        }
        if (current.isPresent()) move(state, previous);
        move(next, state);
        sync();
        return unfinished;
    }

    private Optional<Generation> readOrSetAside(Path file) throws IOException {
        Optional<Generation> generation = read(file);
        if (generation.isEmpty() && Files.exists(file)) setAside(file);
        return generation;
    }

    private static Optional<Generation> read(Path file) throws IOException {
        return Files.exists(file) ? Generation.read(Files.readAllBytes(file)) : Optional.empty();
    }

    private static void setAside(Path file) throws IOException {
        Path aside =
                IntStream.iterate(1, number -> number + 1)
                        .mapToObj(
                                number ->
                                        file.resolveSibling(
                                                file.getFileName() + ".broken-" + number))
                        .filter(Files::notExists)
                        .findFirst()
                        .orElseThrow();
        move(file, aside);
        LOG.error(
                "{} is damaged, or not of this version of Meridian: it is set aside as {}, and the"
                        + " node goes on from the generation before and from what the others tell",
                file,
                aside.getFileName());
    }

    private void write(byte[] bytes) throws IOException {
        try (var channel = FileChannel.open(next, CREATE, WRITE, TRUNCATE_EXISTING)) {
            var left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) channel.write(left);
            channel.force(true);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, ATOMIC_MOVE, REPLACE_EXISTING);
    }

    /// A name in a directory is on disk when the directory is.
    private void sync() throws IOException {
        try (var channel = FileChannel.open(directory, READ)) {
            channel.force(true);
        }
    }
}
