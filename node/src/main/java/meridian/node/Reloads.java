package meridian.node;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import meridian.api.Fleet;
import meridian.config.ConfigOutcome;
import meridian.config.ConfigReader;
import meridian.config.Configuration;
import meridian.dns.geo.Atlas;
import meridian.dns.ready.PolicyClasses;
import meridian.dns.ready.Serving;
import meridian.dns.signed.SignatureStore;
import meridian.dns.signed.Signing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a node's files at its start, when one of them changes, and on SIGHUP. A configuration is
/// taken whole or not at all: whatever is wrong with it, what served before serves on; at a start,
/// from the disk ([Generations]).
///
/// Files that are new are under suspicion until the node has lived with them for a while: a note on
/// disk says so, and a node that finds the note when it starts died of them, and takes the
/// generation before.
final class Reloads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Reloads.class);

    private final NodeOptions.Wish wish;
    private final InstantSource clock;
    private final BooleanSupplier isServed;
    private final GeoTables geo = new GeoTables();

    /// Of all that was served: a reload signs only what is new.
    private final SignatureStore signatures;

    /// Held by whoever loads files, and so for as long as that takes.
    private final ReentrantLock loading = new ReentrantLock();

    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private Optional<Probation> probation = Optional.empty();
    private PolicyClasses classes = PolicyClasses.NONE;
    private Collection<Path> lastRead = List.of();
    private Map<Path, FileMark> marks = Map.of();
    private volatile Optional<Fleet.Configuration> state = Optional.empty();

    /// @param draws by which the ends of signatures are spread
    /// @param isServed whether what was accepted last is what is answered
    Reloads(
            NodeOptions.Wish wish,
            InstantSource clock,
            LongSupplier draws,
            BooleanSupplier isServed) {
        this.wish = wish;
        this.clock = clock;
        this.isServed = isServed;
        this.signatures = new SignatureStore(draws);
    }

    /// What a process starts with: what the files say, or what served last.
    ///
    /// @throws RefusedException with every problem, where there is nothing to fall back on
    Loaded first() throws RefusedException {
        loading.lock();
        try {
            return start();
        } finally {
            loading.unlock();
        }
    }

    private Loaded start() throws RefusedException {
        try {
            Configuration configuration = read();
            NodeOptions options = options(configuration);
            probation = NodeFolder.generations(configuration, options).map(this::probation);
            lastRead = configuration.watchedFiles();
            Optional<Distrust.Note> note = probation.flatMap(it -> it.noteOn(Inputs.of(lastRead)));
            if (note.isPresent()) {
                configuration.close();
                return instead(note.get());
            }
            return tried(configuration, options, Map.of());
        } catch (RefusedException e) {
            probation.ifPresent(Probation::refused);
            if (probation.isEmpty())
                probation = NodeFolder.likelyGenerations(wish).map(this::probation);
            return fallenBack(e);
        }
    }

    /// What the files say now, if it is to be served.
    ///
    /// @param running the process as it runs
    Optional<Loaded> again(NodeOptions running) {
        loading.lock();
        try {
            return load(running);
        } finally {
            loading.unlock();
        }
    }

    private Optional<Loaded> load(NodeOptions running) {
        // Before they are read: what is written meanwhile, such as the second half of a file, is a
        // change that must be seen.
        marks = FileMark.ofAll(marks.keySet());
        try {
            Configuration configuration = read();
            return Optional.of(tried(configuration, running.under(configuration), marks));
        } catch (RefusedException e) {
            marks.putAll(FileMark.ofAll(e.watchedFiles()));
            refuse(e);
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            if (!(e instanceof IllegalArgumentException)) LOG.error("new files met a defect", e);
            refuse(RefusedException.by(e));
        }
        return Optional.empty();
    }

    /// What served before the one that serves now, until the files change again.
    ///
    /// @param why as it is shown
    /// @throws RefusedException if nothing was kept of it, or it cannot be read
    Loaded before(String why) throws RefusedException {
        loading.lock();
        try {
            return goBack(why);
        } finally {
            loading.unlock();
        }
    }

    private Loaded goBack(String why) throws RefusedException {
        Generation before =
                probation
                        .flatMap(it -> it.otherThan(state().hash()))
                        .orElseThrow(
                                () ->
                                        new RefusedException(
                                                List.of(
                                                        "this node keeps no other configuration than the one that serves")));
        Loaded loaded = kept(before, why, RefusedException.ofNothing());
        probation.get().distrust(Inputs.of(lastRead), before, why);
        return loaded;
    }

    /// Whether a file that was read is other than it was then; not while files are being read,
    /// which may take a while, and whoever asks has other things to look after.
    boolean isChanged() {
        return unlessLoading(
                () -> !marks.isEmpty() && !marks.equals(FileMark.ofAll(marks.keySet())));
    }

    /// Keeps what has been answered for a while; asked every second.
    void settle(long nanos) {
        unlessLoading(
                () -> {
                    proving().ifPresent(it -> it.settle(nanos));
                    return true;
                });
    }

    /// An orderly end is no death. One that comes while new files are being loaded does not wait
    /// for them, and leaves the note that this node ended over them: it may be why it was ended.
    @Override
    public void close() {
        unlessLoading(
                () -> {
                    proving().ifPresent(Probation::settle);
                    return true;
                });
    }

    /// The probation of what is answered. Of what no snapshot can be made of nothing is proven.
    private Optional<Probation> proving() {
        return probation.filter(it -> it.isOnTrial() && isServed.getAsBoolean());
    }

    /// The node does not start with what [#first] gave it: that is not kept as what served.
    void notStarted() {
        probation.ifPresent(Probation::notStarted);
    }

    private boolean unlessLoading(BooleanSupplier what) {
        if (!loading.tryLock()) return false;
        try {
            return what.getAsBoolean();
        } finally {
            loading.unlock();
        }
    }

    private Probation probation(Path folder) {
        return Probation.in(folder, wish.file().orElseThrow());
    }

    Fleet.Configuration state() {
        return state.orElseThrow();
    }

    /// Counted last: whoever sees the count sees the state too.
    long acceptedCount() {
        return accepted.sum();
    }

    long refusedCount() {
        return refused.sum();
    }

    private Configuration read() throws RefusedException {
        if (wish.file().isEmpty()) return ConfigReader.readEmbedded();
        return read(wish.file().get());
    }

    private static Configuration read(Path main) throws RefusedException {
        return switch (new ConfigReader().read(main)) {
            case ConfigOutcome.Accepted(var configuration, var warnings) -> {
                WarningLog.tell(warnings);
                yield configuration;
            }
            case ConfigOutcome.Refused(var problems, var watchedFiles) ->
                    throw RefusedException.of(problems, watchedFiles);
        };
    }

    private NodeOptions options(Configuration configuration) throws RefusedException {
        try {
            return NodeOptions.of(wish, configuration);
        } catch (IllegalArgumentException e) {
            throw RefusedException.by(e);
        }
    }

    /// Loads what may be the end of this process, with a note on disk meanwhile.
    private Loaded tried(
            Configuration configuration, NodeOptions options, Map<Path, FileMark> before)
            throws RefusedException {
        lastRead = configuration.watchedFiles();
        String inputs = Inputs.of(lastRead);
        probation.ifPresent(it -> it.suspect(inputs, shortened(configuration.hash())));
        Optional<Path> copy = NodeFolder.in(configuration, options, "geo.copy");
        Loaded loaded = compiled(configuration, options, geo.load(configuration, copy));
        accept(loaded, before, Optional.empty(), RefusedException.ofNothing());
        probation.ifPresent(it -> it.begin(served(loaded, inputs, copy), System.nanoTime()));
        return loaded;
    }

    private Generations.Served served(Loaded loaded, String inputs, Optional<Path> copy) {
        Configuration configuration = loaded.configuration();
        boolean hasDatabases = !configuration.geo().databases().isEmpty();
        return new Generations.Served(
                wish.file().orElseThrow(),
                configuration,
                clock.instant(),
                inputs,
                GeoTables.sourceOf(configuration.geo()),
                copy.filter(_ -> hasDatabases));
    }

    /// Its zones are large, so what is not to be served gives them back at once.
    private Loaded compiled(
            Configuration configuration, NodeOptions options, GeoTables.Outcome tables)
            throws RefusedException {
        try {
            return whole(configuration, options, tables);
        } catch (IllegalArgumentException e) {
            configuration.close();
            throw RefusedException.by(e);
        } catch (RefusedException | RuntimeException e) {
            configuration.close();
            throw e;
        }
    }

    private Loaded whole(Configuration configuration, NodeOptions options, GeoTables.Outcome tables)
            throws RefusedException {
        return switch (tables) {
            case GeoTables.Outcome.Loaded(Atlas atlas, var remarks) -> {
                remarks.forEach(remark -> LOG.info("{}", remark));
                Serving serving =
                        Serving.of(
                                configuration.topology(),
                                configuration.zones(),
                                atlas,
                                Signing.begin(configuration.signed(), signatures, clock.instant()),
                                configuration.transfersOf(options.node().id()).keySet(),
                                classes);
                classes = serving.classes();
                yield new Loaded(configuration, options, serving);
            }
            case GeoTables.Outcome.Refused(var reasons) -> throw new RefusedException(reasons);
        };
    }

    private Loaded instead(Distrust.Note note) throws RefusedException {
        Generation kept =
                probation
                        .flatMap(it -> it.numbered(note.generation()))
                        .orElseThrow(
                                () ->
                                        new RefusedException(
                                                List.of(
                                                        note.reason()
                                                                + "; and generation "
                                                                + note.generation()
                                                                + " is not on its disk any more")));
        return kept(kept, note.reason(), RefusedException.ofNothing());
    }

    private Loaded fallenBack(RefusedException refusal) throws RefusedException {
        Optional<Generation> good = probation.flatMap(Probation::lastGood);
        if (good.isEmpty()) throw refusal;
        refused.increment();
        LOG.error("the files are refused:\n  {}", String.join("\n  ", refusal.lines()));
        Loaded kept = kept(good.get(), "the files are refused", refusal);
        marks.putAll(FileMark.ofAll(refusal.watchedFiles()));
        return kept;
    }

    private Loaded kept(Generation generation, String why, RefusedException refusal)
            throws RefusedException {
        try (FileSystem files = Generations.open(generation)) {
            Configuration configuration = read(files.getPath(generation.main()));
            GeoTables.Outcome tables =
                    geo.loadKept(configuration, generation.geoSource(), generation.atlas());
            Loaded loaded = compiled(configuration, options(configuration), tables);
            accept(loaded, Map.of(), Optional.of(generation + " serves: " + why), refusal);
            // What is not served is looked after too: a change of it ends this.
            marks.putAll(FileMark.ofAll(lastRead));
            LOG.error("{} serves: {}", generation, why);
            return loaded;
        } catch (IOException e) {
            throw new RefusedException(List.of(generation + " cannot be read: " + e.getMessage()));
        }
    }

    /// @param before how the files were before they were read, as far as they were known
    /// @param instead why it is not what the files say
    /// @param refusal of the files
    private void accept(
            Loaded loaded,
            Map<Path, FileMark> before,
            Optional<String> instead,
            RefusedException refusal) {
        Configuration configuration = loaded.configuration();
        marks = FileMark.ofAll(configuration.watchedFiles());
        marks.replaceAll((file, mark) -> before.getOrDefault(file, mark));
        state =
                Optional.of(
                        new Fleet.Configuration(
                                wish.file().map(Path::toString),
                                configuration.hash(),
                                clock.instant(),
                                instead,
                                refusal.errors(),
                                refusal.warnings()));
        LOG.info(
                "configuration {} accepted: {}",
                shortened(configuration.hash()),
                Check.summary(configuration));
        accepted.increment();
    }

    /// One bad file is told once and not every second: its mark was taken.
    private void refuse(RefusedException refusal) {
        probation.ifPresent(Probation::refused);
        state =
                state.map(
                        serving ->
                                new Fleet.Configuration(
                                        serving.file(),
                                        serving.hash(),
                                        serving.loaded(),
                                        serving.instead(),
                                        refusal.errors(),
                                        refusal.warnings()));
        LOG.error(
                "the new configuration is refused, and the one before it serves on:\n  {}",
                String.join("\n  ", refusal.lines()));
        refused.increment();
    }

    private static String shortened(String hash) {
        return hash.substring(0, 12);
    }
}
