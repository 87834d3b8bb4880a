package meridian.node;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import meridian.config.Configuration;
import meridian.config.GeoSettings;
import meridian.config.GoldenLookup;
import meridian.config.source.ConfigProblem;
import meridian.config.source.Spot;
import meridian.dns.geo.Admission;
import meridian.dns.geo.Atlas;
import meridian.dns.geo.AtlasFile;
import meridian.dns.geo.GeoGate;
import meridian.dns.geo.GeoLoad;
import meridian.dns.geo.NetworkOrders;
import meridian.dns.geo.NetworksFile;
import meridian.dns.geo.WorldTable;
import meridian.steering.Preferences;
import meridian.topology.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the geo tables that a configuration names, through the gate that keeps bad ones out.
///
/// Remembers the databases that serve, since how much a new one changes is part of the judgement,
/// and since neither they nor the networks file need be read again while their files are the same:
/// an atlas that is the same is the same object, and nothing is made of it anew. What was read last
/// is on disk too ([AtlasFile]): a node that starts again must answer at once, and not after the
/// seconds that a database of cities takes. Not for use by two threads at once.
final class GeoTables {

    private static final Logger LOG = LoggerFactory.getLogger(GeoTables.class);

    /// What came of reading.
    sealed interface Outcome {

        /// It may serve.
        ///
        /// @param remarks what a person may want to look at, a sentence each
        record Loaded(Atlas atlas, List<String> remarks) implements Outcome {}

        /// What served must go on serving.
        record Refused(List<String> reasons) implements Outcome {}
    }

    /// The source of the embedded table alone: with it, nothing was read from anywhere else.
    private static final String EMBEDDED = "embedded ";

    /// The networks file, laid over the databases.
    ///
    /// @param said what tells that file from others; empty: it is not one to be known again
    private record Laid(Atlas databases, Optional<String> said, Atlas whole) {

        /// Databases that are the same are the same object.
        @SuppressWarnings("ReferenceEquality")
        boolean isOf(Atlas others, String otherSaid) {
            return databases == others && said.equals(Optional.of(otherSaid));
        }
    }

    private Optional<Atlas> serving = Optional.empty();
    private String servingSource = "";
    private Laid laid = new Laid(Atlas.EMPTY, Optional.empty(), Atlas.EMPTY);

    /// @param copy where the databases are kept as they were read; empty: nowhere
    Outcome load(Configuration configuration, Optional<Path> copy) {
        GeoSettings geo = configuration.geo();
        Topology topology = configuration.topology();
        // Before they are read: what changes meanwhile is read again, and not taken for read.
        String source =
                geo.databases().isEmpty()
                        ? EMBEDDED + marks(files(geo.asDatabases()))
                        : source(geo);
        String said = said(geo, topology);
        Admission admission =
                geo.databases().isEmpty()
                        ? embedded(geo, gate(geo, topology))
                        : databases(geo, gate(geo, topology), source, copy);
        return switch (admission) {
            case Admission.Accepted accepted ->
                    overlaid(accepted, source, Optional.of(said), geo, topology);
            case Admission.Refused(var reasons) -> refused(reasons, geo);
        };
    }

    /// Takes the databases as they were when a configuration served, and the rest from its files.
    ///
    /// @param source what told them from others then; empty: the embedded table
    /// @param atlas the databases as they were read then
    Outcome loadKept(Configuration configuration, String source, Optional<Path> atlas) {
        GeoSettings geo = configuration.geo();
        Topology topology = configuration.topology();
        Admission admission =
                geo.databases().isEmpty()
                        ? embedded(geo, gate(geo, topology))
                        : atlas.flatMap(file -> AtlasFile.read(file, source))
                                .map(
                                        kept ->
                                                gate(geo, topology)
                                                        .admit(kept, List.of(), Optional.empty()))
                                .orElseGet(() -> lost(atlas));
        return switch (admission) {
            case Admission.Accepted accepted ->
                    overlaid(accepted, "kept", Optional.empty(), geo, topology);
            case Admission.Refused(var reasons) -> refused(reasons, geo);
        };
    }

    private static Admission lost(Optional<Path> atlas) {
        return new Admission.Refused(
                List.of(
                        new GeoLoad.Reason(
                                Optional.empty(),
                                "the databases were not kept, or are damaged: " + atlas)));
    }

    /// Each with the line of the configuration that asked for it.
    private static Outcome refused(List<GeoLoad.Reason> reasons, GeoSettings geo) {
        return new Outcome.Refused(
                reasons.stream()
                        .map(reason -> problem(reason, geo))
                        .map(ConfigProblem::toString)
                        .toList());
    }

    private static ConfigProblem problem(GeoLoad.Reason reason, GeoSettings geo) {
        Spot at = reason.file().map(geo::spot).orElse(geo.at());
        return new ConfigProblem(
                at.file(),
                at.line(),
                at.path(),
                reason.toString(),
                "",
                ConfigProblem.Severity.ERROR);
    }

    /// What tells the databases of a configuration from others; empty: the embedded table.
    static String sourceOf(GeoSettings geo) {
        return geo.databases().isEmpty() ? "" : source(geo);
    }

    private Admission embedded(GeoSettings geo, GeoGate gate) {
        if (geo.asDatabases().isEmpty())
            return gate.admit(
                    serving.filter(_ -> servingSource.equals(EMBEDDED))
                            .orElseGet(WorldTable::builtIn),
                    List.of(),
                    serving);
        return switch (GeoLoad.read(onDisk(geo.files()))) {
            case GeoLoad.Loaded(var numbers, var remarks) ->
                    gate.admit(WorldTable.builtIn().filledFrom(numbers), remarks, serving);
            case GeoLoad.Refused(var reasons) -> new Admission.Refused(reasons);
        };
    }

    private Admission databases(GeoSettings geo, GeoGate gate, String source, Optional<Path> copy) {
        Optional<Atlas> known =
                source.equals(servingSource)
                        ? serving
                        : copy.flatMap(file -> AtlasFile.read(file, source));
        if (known.isPresent()) return gate.admit(known.get(), List.of(), serving);
        Admission admission = gate.admit(geo.files(), serving);
        if (admission instanceof Admission.Accepted accepted)
            copy.ifPresent(file -> keep(file, source, accepted.atlas()));
        return admission;
    }

    /// Databases are large, and are not in the copies that are kept of configurations.
    private static List<Path> onDisk(List<Path> files) {
        return files.stream().map(file -> Path.of(file.toString())).toList();
    }

    /// The files, and the program that reads them, each with its size and age.
    private static String source(GeoSettings geo) {
        return marks(Stream.concat(geo.files().stream(), program().stream()).toList());
    }

    private static List<Path> files(List<GeoSettings.Database> databases) {
        return databases.stream().map(GeoSettings.Database::file).toList();
    }

    private static String marks(List<Path> files) {
        return files.stream()
                .map(file -> file.toAbsolutePath() + " " + FileMark.of(file))
                .collect(Collectors.joining("\n"));
    }

    private static Optional<Path> program() {
        try {
            return Optional.ofNullable(Atlas.class.getProtectionDomain().getCodeSource())
                    .map(source -> Path.of(URI.create(source.getLocation().toString())));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static void keep(Path file, String source, Atlas atlas) {
        try {
            AtlasFile.write(file, source, atlas);
        } catch (IOException e) {
            LOG.warn(
                    "the geo databases cannot be kept as they were read, so the next start reads them again: {}",
                    e.toString());
        }
    }

    /// @param said what tells the networks file from others; empty: it is read whatever was read
    private Outcome overlaid(
            Admission.Accepted accepted,
            String source,
            Optional<String> said,
            GeoSettings geo,
            Topology topology) {
        var remarks = new ArrayList<>(accepted.remarks());
        remarks.add("geo: " + accepted.summary());
        if (said.isEmpty() || !laid.isOf(accepted.atlas(), said.get())) {
            Optional<NetworksFile> networks =
                    geo.networks()
                            .map(file -> NetworksFile.read(file, topology.regions().keySet()));
            List<String> problems =
                    networks.stream()
                            .flatMap(file -> file.problems().stream())
                            .map(NetworksFile.Problem::toString)
                            .toList();
            if (!problems.isEmpty()) return new Outcome.Refused(problems);
            Atlas whole =
                    accepted.atlas()
                            .overlaid(
                                    networks.map(NetworksFile::orders).orElse(NetworkOrders.NONE));
            laid = new Laid(accepted.atlas(), said, whole);
        }
        serving = Optional.of(accepted.atlas());
        servingSource = source;
        return new Outcome.Loaded(laid.whole, remarks);
    }

    /// The networks file and the regions that it may name.
    private static String said(GeoSettings geo, Topology topology) {
        return geo.networks()
                .map(file -> marks(List.of(file)) + " " + topology.regions().keySet())
                .orElse("");
    }

    private static GeoGate gate(GeoSettings geo, Topology topology) {
        var preferences = new Preferences(topology);
        return new GeoGate(
                geo.golden().stream().map(GeoTables::golden).toList(),
                geo.mostChanged() / 100.0,
                preferences::byDistance);
    }

    private static GeoGate.Golden golden(GoldenLookup lookup) {
        return new GeoGate.Golden(lookup.address(), lookup.country(), lookup.nearest());
    }
}
