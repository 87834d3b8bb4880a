package meridian.dns.geo;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import meridian.topology.Continent;
import meridian.topology.Coordinates;
import meridian.topology.Place;

/// The countries of ISO 3166-1: on which continent each is, and where most of its addresses are.
///
/// The built-in table is `countries.txt` beside this class: `US NA 38.12 -92.53` a line, and for a
/// continent as a whole `* NA 39.90 -94.05`. [WorldTableWriter] makes it: a centroid is the mean of
/// the database's coordinates on the sphere, weighted by IPv4 addresses.
final class Countries {

    static final Countries BUILT_IN = read("countries.txt");

    private record Country(Continent continent, Coordinates centroid) {}

    private final Map<String, Country> countries = new HashMap<>();
    private final Map<Continent, Coordinates> continents = new EnumMap<>(Continent.class);

    private Countries() {}

    private static Countries read(String resource) {
        var table = new Countries();
        ResourceLines.of(resource).forEach(table::add);
        return table;
    }

    private void add(String line) {
        String[] parts = line.split(" ", -1);
        var continent = Continent.valueOf(parts[1]);
        var centroid = new Coordinates(Double.parseDouble(parts[2]), Double.parseDouble(parts[3]));
        if (parts[0].equals("*")) continents.put(continent, centroid);
        else countries.put(parts[0], new Country(continent, centroid));
    }

    boolean knows(String code) {
        return countries.containsKey(code);
    }

    Optional<Continent> continent(String code) {
        return Optional.ofNullable(countries.get(code)).map(Country::continent);
    }

    /// Where a country is known the continent is too; where either is, so are coordinates.
    Place completed(Place place) {
        Optional<Continent> continent =
                place.continent().or(() -> place.country().flatMap(this::continent));
        Optional<Coordinates> coordinates =
                place.coordinates()
                        .or(() -> place.country().flatMap(this::centroid))
                        .or(() -> continent.map(continents::get));
        return new Place(
                continent,
                place.country(),
                place.subdivision(),
                place.asNumber(),
                coordinates,
                place.order());
    }

    private Optional<Coordinates> centroid(String code) {
        return Optional.ofNullable(countries.get(code)).map(Country::centroid);
    }
}
