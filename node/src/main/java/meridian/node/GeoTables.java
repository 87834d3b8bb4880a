package meridian.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import meridian.config.Configuration;
import meridian.config.GeoSettings;
import meridian.config.GoldenLookup;
import meridian.dns.geo.Admission;
import meridian.dns.geo.Atlas;
import meridian.dns.geo.GeoGate;
import meridian.dns.geo.GeoLoad;
import meridian.dns.geo.NetworksFile;
import meridian.dns.geo.WorldTable;
import meridian.steering.Preferences;
import meridian.topology.Topology;

/// Reads the geo tables that a configuration names, through the gate that keeps bad ones out.
///
/// Remembers the databases that serve, since how much a new one changes is part of the judgement.
/// Not for use by two threads at once.
final class GeoTables {

    /// What came of reading.
    sealed interface Outcome {

        /// It may serve.
        ///
        /// @param remarks what a person may want to look at, a sentence each
        record Loaded(Atlas atlas, List<String> remarks) implements Outcome {}

        /// What served must go on serving.
        record Refused(List<String> reasons) implements Outcome {}
    }

    private Optional<Atlas> serving = Optional.empty();

    Outcome load(Configuration configuration) {
        GeoSettings geo = configuration.geo();
        return switch (databases(geo, configuration.topology())) {
            case Admission.Accepted accepted -> overlaid(accepted, geo, configuration.topology());
            case Admission.Refused(var reasons) -> new Outcome.Refused(reasons);
        };
    }

    private Admission databases(GeoSettings geo, Topology topology) {
        GeoGate gate = gate(geo, topology);
        if (!geo.databases().isEmpty()) {
            var files =
                    Stream.concat(geo.databases().stream(), geo.asDatabases().stream()).toList();
            return gate.admit(files, serving);
        }
        if (geo.asDatabases().isEmpty())
            return gate.admit(WorldTable.builtIn(), List.of(), serving);
        return switch (GeoLoad.read(geo.asDatabases())) {
            case GeoLoad.Loaded(var numbers, var remarks) ->
                    gate.admit(WorldTable.builtIn().filledFrom(numbers), remarks, serving);
            case GeoLoad.Refused(var reasons) -> new Admission.Refused(reasons);
        };
    }

    private Outcome overlaid(Admission.Accepted accepted, GeoSettings geo, Topology topology) {
        var remarks = new ArrayList<>(accepted.remarks());
        remarks.add("geo: " + accepted.summary());
        Optional<NetworksFile> networks =
                geo.networks().map(file -> NetworksFile.read(file, topology.regions().keySet()));
        List<String> problems =
                networks.stream()
                        .flatMap(file -> file.problems().stream())
                        .map(NetworksFile.Problem::toString)
                        .toList();
        if (!problems.isEmpty()) return new Outcome.Refused(problems);
        serving = Optional.of(accepted.atlas());
        Atlas atlas =
                accepted.atlas().overlaid(networks.map(NetworksFile::orders).orElse(List.of()));
        return new Outcome.Loaded(atlas, remarks);
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
