package meridian.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
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

    private static final String STATE = "state";
    private static final String PREVIOUS = "state.previous";
    private static final String NEXT = "state.next";

    private final Directory directory;
    private Generation newest;

    private LastKnownGood(Directory directory) throws IOException {
        this.directory = directory;
        newest = newest();
    }

    /// Takes the directory for this process, and reads what is in it. The directory is made if
    /// there is none.
    ///
    /// @throws IOException if another process uses it, or it cannot be read or written
    public static LastKnownGood open(Path directory) throws IOException {
        return in(FileDirectory.take(directory));
    }

    /// Reads what is in a directory that this process has to itself, and closes it if it cannot.
    ///
    /// @throws IOException if it cannot be read or written
    public static LastKnownGood in(Directory directory) throws IOException {
        try {
            return new LastKnownGood(directory);
        } catch (IOException e) {
            directory.close();
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
        directory.write(NEXT, generation.toBytes());
        if (directory.has(STATE)) directory.move(STATE, PREVIOUS);
        directory.move(NEXT, STATE);
        directory.sync();
        newest = generation;
    }

    /// Lets another process use the directory.
    @Override
    public void close() throws IOException {
        directory.close();
    }

    private Generation newest() throws IOException {
        Optional<Generation> current = readOrSetAside(STATE);
        Optional<Generation> before = readOrSetAside(PREVIOUS);
        Optional<Generation> unfinished = finish(current);
        return unfinished.or(() -> current).or(() -> before).orElse(Generation.NONE);
    }

    /// Finishes a save that was cut short, if it had come far enough.
    private Optional<Generation> finish(Optional<Generation> current) throws IOException {
        Optional<Generation> unfinished = read(NEXT);
        if (unfinished.isEmpty()) {
            directory.delete(NEXT);
            return unfinished;
        }
        if (current.isPresent()) directory.move(STATE, PREVIOUS);
        directory.move(NEXT, STATE);
        directory.sync();
        return unfinished;
    }

    private Optional<Generation> readOrSetAside(String name) throws IOException {
        Optional<Generation> generation = read(name);
        if (generation.isEmpty() && directory.has(name)) setAside(name);
        return generation;
    }

    private Optional<Generation> read(String name) throws IOException {
        return directory.read(name).flatMap(Generation::read);
    }

    private void setAside(String name) throws IOException {
        int number = 1;
        while (directory.has(aside(name, number))) number++;
        directory.move(name, aside(name, number));
        LOG.error(
                "{} in {} is damaged, or not of this version of Meridian: it is set aside as {}, and"
                        + " the node goes on from the generation before and from what the others"
                        + " tell",
                name,
                directory,
                aside(name, number));
    }

    private static String aside(String name, int number) {
        return name + ".broken-" + number;
    }
}
