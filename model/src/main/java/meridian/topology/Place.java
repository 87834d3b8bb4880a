package meridian.topology;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Where a client network is, as far as anyone knows.
///
/// @param country ISO 3166-1 alpha-2, upper case
/// @param subdivision ISO 3166-2 without the country: `CA` for US-CA
/// @param order regions in the operator's own order, from the networks file; empty: by distance
public record Place(
        Optional<Continent> continent,
        Optional<String> country,
        Optional<String> subdivision,
        OptionalLong asNumber,
        Optional<Coordinates> coordinates,
        List<RegionId> order) {

    public static final Place UNKNOWN =
            new Place(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalLong.empty(),
                    Optional.empty(),
                    List.of());

    public Place {
        order = List.copyOf(order);
    }

    public Place withOrder(List<RegionId> regions) {
        return new Place(continent, country, subdivision, asNumber, coordinates, regions);
    }

    public Place withAsNumber(long number) {
        return new Place(
                continent, country, subdivision, OptionalLong.of(number), coordinates, order);
    }

    public Place withCoordinates(Coordinates known) {
        return new Place(continent, country, subdivision, asNumber, Optional.of(known), order);
    }
}
