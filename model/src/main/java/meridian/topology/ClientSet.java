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
        for (String country : countries)
            check(
                    country.matches("[A-Z]{2}"),
                    name,
                    "country \"" + country + '"',
                    "two capital letters such as US");
        for (String part : subdivisions)
            check(
                    part.matches("[A-Z]{2}-[A-Z0-9]{1,3}"),
                    name,
                    "subdivision \"" + part + '"',
                    "a country and its part such as US-CA");
        for (long number : asNumbers)
            check(
                    number >= 0 && number <= 0xffff_ffffL,
                    name,
                    "AS number " + number,
                    "0 to 4294967295");
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

    private static void check(boolean makesSense, String name, String what, String accepted) {
        if (makesSense) return;
        throw new IllegalArgumentException(
                "client set " + name + " has the " + what + "; " + accepted + " are accepted");
    }
}
