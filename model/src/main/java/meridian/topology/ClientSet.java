package meridian.topology;

import java.util.List;
import java.util.Set;

/// Some clients, by where they are or which network they are in: a client that matches any one
/// entry is in the set.
///
/// @param countries ISO 3166-1 alpha-2, upper case
/// @param subdivisions ISO 3166-2 with the country: `US-CA`
public record ClientSet(
        String name,
        Set<Continent> continents,
        Set<String> countries,
        Set<String> subdivisions,
        Set<Long> asNumbers,
        List<Network> networks) {

    public ClientSet {
        Names.check("a client set", name);
        continents = Set.copyOf(continents);
        countries = Set.copyOf(countries);
        subdivisions = Set.copyOf(subdivisions);
        asNumbers = Set.copyOf(asNumbers);
        networks = List.copyOf(networks);
    }

    /// Whether a client at `place` is in the set by its place; whether it is by its network is for
    /// who knows the network.
    public boolean holds(Place place) {
        return place.continent().filter(continents::contains).isPresent()
                || place.country().filter(countries::contains).isPresent()
                || place.country()
                        .flatMap(country -> place.subdivision().map(part -> country + "-" + part))
                        .filter(subdivisions::contains)
                        .isPresent()
                || (place.asNumber().isPresent()
                        && asNumbers.contains(place.asNumber().getAsLong()));
    }
}
