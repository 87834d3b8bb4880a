package meridian.config;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import meridian.config.GeoSettings.Database;
import meridian.config.source.Problems;
import meridian.config.source.Spot;
import meridian.config.source.Tree;
import meridian.topology.RegionId;

/// `geo { … }`.
final class GeoSection {

    private final Problems problems;
    private final Values values;
    private final ConfigFiles files;

    GeoSection(Problems problems, ConfigFiles files) {
        this.problems = problems;
        this.values = new Values(problems);
        this.files = files;
    }

    /// @param file where a configuration without the section is
    GeoSettings read(Optional<Fields> section, Spot file) {
        return section.map(this::settings).orElseGet(() -> GeoSettings.none(file));
    }

    private GeoSettings settings(Fields fields) {
        List<Database> databases = fields.readEach("database", this::database);
        List<Database> asDatabases = fields.readEach("as-database", this::database);
        Optional<Path> networks = fields.read("networks", this::file);
        networks.ifPresent(files::watch);
        List<GoldenLookup> golden = fields.readEach("golden", this::golden);
        int mostChanged = fields.percent("most-changed", GeoSettings.MOST_CHANGED, 1);
        return new GeoSettings(fields.at(), databases, asDatabases, networks, golden, mostChanged);
    }

    private Optional<Database> database(Tree tree) {
        Optional<Path> file = file(tree);
        file.ifPresent(files::watch);
        return file.map(one -> new Database(one, tree.at()));
    }

    private Optional<Path> file(Tree tree) {
        return values.file(tree).map(file -> files.mustExist(file, tree.at()));
    }

    private Optional<GoldenLookup> golden(Tree tree) {
        Optional<Fields> found = Fields.of(tree, Schema.GOLDEN, problems);
        if (found.isEmpty()) return Optional.empty();
        Fields fields = found.get();
        fields.require("address", "address = \"192.0.2.1\" is accepted");
        Optional<InetAddress> address = fields.read("address", values::address);
        return address.flatMap(one -> problems.attempt(tree.at(), () -> golden(fields, one)));
    }

    private GoldenLookup golden(Fields fields, InetAddress address) {
        return new GoldenLookup(
                address,
                fields.read("country", tree -> ClientSetSection.country(tree, values)),
                fields.read("nearest", this::region));
    }

    private Optional<RegionId> region(Tree tree) {
        return values.text(tree)
                .flatMap(name -> problems.attempt(tree.at(), () -> new RegionId(name)));
    }
}
