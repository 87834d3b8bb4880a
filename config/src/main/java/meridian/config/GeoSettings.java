package meridian.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import meridian.config.source.Spot;

/// Where clients are looked up.
///
/// @param at the section; the whole file where there is none
/// @param databases MaxMind-format files with places, the first that knows an address holds; none:
///   the embedded table
/// @param asDatabases MaxMind-format files with AS numbers
/// @param networks the operator's own list of networks and their regions
/// @param golden look-ups that a replaced database must get right
/// @param mostChanged percent of sampled networks that may change region when a database is
///   replaced
public record GeoSettings(
        Spot at,
        List<Database> databases,
        List<Database> asDatabases,
        Optional<Path> networks,
        List<GoldenLookup> golden,
        int mostChanged) {

    static final int MOST_CHANGED = 20;

    /// A file, and where it is named.
    public record Database(Path file, Spot at) {}

    static GeoSettings none(Spot at) {
        return new GeoSettings(at, List.of(), List.of(), Optional.empty(), List.of(), MOST_CHANGED);
    }

    public GeoSettings {
        databases = List.copyOf(databases);
        asDatabases = List.copyOf(asDatabases);
        golden = List.copyOf(golden);
        if (mostChanged < 1 || mostChanged > 100) {
            throw new IllegalArgumentException(
                    "most-changed is " + mostChanged + "%; 1% to 100% are accepted");
        }
    }

    /// Every database.
    public List<Path> files() {
        return all().map(Database::file).toList();
    }

    /// Where a database is named, which may be in a copy of the configuration.
    public Spot spot(Path file) {
        return all().filter(database -> database.file().toString().equals(file.toString()))
                .map(Database::at)
                .findFirst()
                .orElse(at);
    }

    private Stream<Database> all() {
        return Stream.concat(databases.stream(), asDatabases.stream());
    }
}
