package meridian.node;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import meridian.api.Fleet;
import meridian.config.ConfigOutcome;
import meridian.config.ConfigReader;
import meridian.config.Configuration;
import meridian.config.source.ConfigProblem;
import meridian.dns.geo.Atlas;
import meridian.dns.ready.Serving;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a node's files at its start, when one of them changes, and on SIGHUP. A configuration is
/// taken whole or not at all: whatever is wrong with it, what served before serves on.
final class Reloads {

    private static final Logger LOG = LoggerFactory.getLogger(Reloads.class);

    /// A configuration, ready to be served.
    record Loaded(Configuration configuration, NodeOptions options, Serving serving) {}

    /// A configuration was refused; the lines say why.
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;
        private final transient List<String> lines;

        RefusedException(List<String> lines) {
            super(String.join("\n", lines));
            this.lines = lines;
        }

        List<String> lines() {
            return lines;
        }
    }

    private final NodeOptions.Wish wish;
    private final InstantSource clock;
    private final GeoTables geo = new GeoTables();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private Map<Path, FileMark> marks = Map.of();
    private volatile Optional<Fleet.Configuration> state = Optional.empty();

    Reloads(NodeOptions.Wish wish, InstantSource clock) {
        this.wish = wish;
        this.clock = clock;
    }

    /// The configuration that a process starts with.
    ///
    /// @throws RefusedException with every problem
    Loaded first() throws RefusedException {
        Configuration configuration = read();
        Loaded loaded = load(configuration, options(configuration));
        accept(loaded, Map.of());
        return loaded;
    }

    /// What the files say now, if it is to be served.
    ///
    /// @param running the process as it runs
    synchronized Optional<Loaded> again(NodeOptions running) {
        // Before they are read: what is written meanwhile, such as the second half of a file, is a
        // change that must be seen.
        marks = marks(marks.keySet());
        try {
            Configuration configuration = read();
            Loaded loaded = load(configuration, running.under(configuration));
            accept(loaded, marks);
            return Optional.of(loaded);
        } catch (RefusedException e) {
            refuse(e.lines());
        } catch (IllegalArgumentException e) {
            refuse(List.of(String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    /// Whether a file that was read is other than it was then.
    synchronized boolean isChanged() {
        return !marks.isEmpty() && !marks.equals(marks(marks.keySet()));
    }

    Fleet.Configuration state() {
        return state.orElseThrow();
    }

    long acceptedCount() {
        return accepted.sum();
    }

    long refusedCount() {
        return refused.sum();
    }

    private Configuration read() throws RefusedException {
        if (wish.file().isEmpty()) return ConfigReader.readEmbedded();
        return switch (new ConfigReader().read(wish.file().get())) {
            case ConfigOutcome.Accepted(var configuration, var warnings) -> {
                warnings.forEach(warning -> LOG.warn("{}", warning));
                yield configuration;
            }
            case ConfigOutcome.Refused(var problems) ->
                    throw new RefusedException(
                            problems.stream().map(ConfigProblem::toString).toList());
        };
    }

    private NodeOptions options(Configuration configuration) throws RefusedException {
        try {
            return NodeOptions.of(wish, configuration);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(List.of(String.valueOf(e.getMessage())));
        }
    }

    private Loaded load(Configuration configuration, NodeOptions options) throws RefusedException {
        Atlas atlas =
                switch (geo.load(configuration, copy(configuration, options))) {
                    case GeoTables.Outcome.Loaded(var loaded, var remarks) -> {
                        remarks.forEach(remark -> LOG.info("{}", remark));
                        yield loaded;
                    }
                    case GeoTables.Outcome.Refused(var reasons) ->
                            throw new RefusedException(reasons);
                };
        Serving serving = Serving.of(configuration.topology(), configuration.zones(), atlas);
        return new Loaded(configuration, options, serving);
    }

    /// Where a node keeps its geo databases as they were read; one without a disk of its own
    /// nowhere.
    private static Optional<Path> copy(Configuration configuration, NodeOptions options) {
        if (!options.isNamed()) return Optional.empty();
        String node = options.node().id().name();
        return Optional.of(configuration.dataDirectory().resolve(node).resolve("geo.copy"));
    }

    /// @param before how the files were before they were read, as far as they were known
    private void accept(Loaded loaded, Map<Path, FileMark> before) {
        Configuration configuration = loaded.configuration();
        accepted.increment();
        marks = marks(configuration.watchedFiles());
        marks.replaceAll((file, mark) -> before.getOrDefault(file, mark));
        state =
                Optional.of(
                        new Fleet.Configuration(
                                wish.file().map(Path::toString),
                                configuration.hash(),
                                clock.instant(),
                                List.of()));
        LOG.info(
                "configuration {} accepted: {} zones, {} services, {} nodes",
                configuration.hash().substring(0, 12),
                configuration.zones().size(),
                configuration.topology().services().size(),
                configuration.topology().nodes().size());
    }

    /// One bad file is told once and not every second: its mark was taken.
    private void refuse(List<String> lines) {
        refused.increment();
        state =
                state.map(
                        serving ->
                                new Fleet.Configuration(
                                        serving.file(), serving.hash(), serving.loaded(), lines));
        LOG.error(
                "the new configuration is refused, and the one before it serves on:\n  {}",
                String.join("\n  ", lines));
    }

    private static Map<Path, FileMark> marks(Collection<Path> files) {
        var marks = new TreeMap<Path, FileMark>();
        files.forEach(file -> marks.put(file, FileMark.of(file)));
        return marks;
    }
}
