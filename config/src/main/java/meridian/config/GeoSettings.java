package meridian.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where clients are looked up.
///
/// @param databases MaxMind-format files with places, the first that knows an address holds; none:
///   the embedded table
/// @param asDatabases MaxMind-format files with AS numbers
/// @param networks the operator's own list of networks and their regions
/// @param golden look-ups that a replaced database must get right
/// @param mostChanged percent of sampled networks that may change region when a database is
///   replaced
public record GeoSettings(
        List<Path> databases,
        List<Path> asDatabases,
        Optional<Path> networks,
        List<GoldenLookup> golden,
        int mostChanged) {

    public static final GeoSettings DEFAULT =
            new GeoSettings(List.of(), List.of(), Optional.empty(), List.of(), 20);

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
        return Stream.concat(databases.stream(), asDatabases.stream()).toList();
    }
}
