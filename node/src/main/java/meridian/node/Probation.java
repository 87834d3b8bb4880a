package meridian.node;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// New files are on probation until the node has lived with them for a while. A note on disk says
/// so meanwhile; a node that finds the note when it starts died of them, and takes the generation
/// before. What is proven is kept as the next generation. Not for use by two threads at once.
final class Probation {

    private static final Logger LOG = LoggerFactory.getLogger(Probation.class);

    /// Who has not died of its new files by now does not die of them.
    private static final Duration PROVEN_AFTER = Duration.ofSeconds(5);

    /// @param noteBefore what was on disk before these files were suspected
    private record Trial(
            Generations.Served served, long begun, Optional<Distrust.Note> noteBefore) {}

    /// What was so before the files that are being loaded were suspected.
    private record Before(Optional<Distrust.Note> note, Optional<Trial> trial) {}

    private final Generations generations;
    private final Path main;
    private Optional<Trial> trial = Optional.empty();
    private Optional<Before> before = Optional.empty();

    private Probation(Generations generations, Path main) {
        this.generations = generations;
        this.main = main;
    }

    /// @param main the file that the node is to serve: what it served of another, as the same node
    ///   in the same folder, is nothing to fall back on
    static Probation in(Path folder, Path main) {
        return new Probation(Generations.in(folder), main);
    }

    /// What there is to fall back on: the generation that serves, or served, in place of files that
    /// are not to be loaded, or else the newest.
    Optional<Generation> lastGood() {
        return generations
                .distrust()
                .note()
                .flatMap(note -> numbered(note.generation()))
                .or(() -> kept().findFirst());
    }

    Optional<Generation> numbered(long number) {
        return kept().filter(it -> it.number() == number).findFirst();
    }

    /// The newest of another configuration.
    Optional<Generation> otherThan(String hash) {
        return kept().filter(it -> !it.hash().equals(hash)).findFirst();
    }

    private Stream<Generation> kept() {
        return generations.kept().stream().filter(it -> it.isOf(main));
    }

    /// Why these files are not to be loaded, if they are not.
    Optional<Distrust.Note> noteOn(String inputs) {
        return generations.distrust().note().filter(note -> note.inputs().equals(inputs));
    }

    /// Says on disk that these files are about to be loaded, unless they are proven.
    void suspect(String inputs, String configuration) {
        before = Optional.of(new Before(generations.distrust().note(), trial));
        Optional<Generation> good = lastGood();
        if (good.isEmpty() || good.get().inputs().equals(inputs)) return;
        String why =
                "the node ended while it loaded configuration " + configuration + ", or soon after";
        distrust(inputs, good.get(), why);
    }

    /// They were refused, and nobody died of them: what was before goes on.
    void refused() {
        before.ifPresent(
                was -> {
                    trial = was.trial();
                    restore(was.note());
                });
        before = Optional.empty();
    }

    /// The node does not start with what it loaded, and ends in order: that is proven no more than
    /// before, and no less, for what is in the way may not be in the files.
    void notStarted() {
        trial.ifPresent(it -> restore(it.noteBefore()));
        trial = Optional.empty();
    }

    private void restore(Optional<Distrust.Note> note) {
        note.ifPresentOrElse(this::write, this::trust);
    }

    /// Says on disk that these files are not to be loaded, and ends any probation.
    void distrust(String inputs, Generation instead, String why) {
        trial = Optional.empty();
        write(new Distrust.Note(inputs, instead.number(), why));
    }

    private void write(Distrust.Note note) {
        try {
            generations.distrust().write(note);
        } catch (IOException e) {
            LOG.error(
                    "a restart of this node will load its files again, which may be wrong: {}",
                    e.toString());
        }
    }

    /// They are loaded, and serve.
    ///
    /// @param nanos the monotonic clock
    void begin(Generations.Served served, long nanos) {
        trial = Optional.of(new Trial(served, nanos, before.flatMap(Before::note)));
        before = Optional.empty();
    }

    boolean isOnTrial() {
        return trial.isPresent();
    }

    /// Ends the probation if it has lasted.
    void settle(long nanos) {
        if (trial.filter(it -> nanos - it.begun() >= PROVEN_AFTER.toNanos()).isPresent()) settle();
    }

    /// Ends the probation: what serves is kept.
    void settle() {
        if (trial.isEmpty()) return;
        Generations.Served served = trial.get().served();
        trial = Optional.empty();
        try {
            generations.keep(served);
        } catch (IOException e) {
            LOG.error(
                    "what this node serves is not kept; there is only the generation before to fall"
                            + " back on: {}",
                    e.toString());
        }
        trust();
    }

    /// Whether it was kept or not, nobody died of it.
    private void trust() {
        try {
            generations.distrust().clear();
        } catch (IOException e) {
            LOG.error(
                    "a restart of this node will not load its files, though they are sound: {}",
                    e.toString());
        }
    }
}
