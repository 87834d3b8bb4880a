package meridian.dns.geo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import meridian.topology.Coordinates;
import meridian.topology.Place;

/// A few places that stand for many: each place of a database belongs to a hub of its own country
/// that is near.
///
/// The places with the most addresses become hubs first, so that big cities stand exactly where
/// they are. A place nearer than a given distance to a hub of its country joins the nearest such
/// hub; another becomes a hub itself. Places of no country all belong to hub 0, which is nowhere.
final class Hubs {

    /// A hub's country and where it is.
    record Hub(String country, Coordinates at) {}

    private final double reach;
    private final List<Hub> hubs = new ArrayList<>(List.of(new Hub("", new Coordinates(0, 0))));
    private final Map<String, List<Integer>> ofCountry = new HashMap<>();
    private final int[] hubOfPlace;

    /// @param weights how much each place counts
    /// @param reach in kilometres
    Hubs(List<Place> places, double[] weights, double reach) {
        this.reach = reach;
        this.hubOfPlace = new int[places.size()];
        IntStream.range(0, places.size())
                .filter(i -> isLocated(places.get(i)))
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -weights[i]))
                .forEach(i -> hubOfPlace[i] = hubFor(places.get(i)));
    }

    private static boolean isLocated(Place place) {
        return place.country().isPresent() && place.coordinates().isPresent();
    }

    private int hubFor(Place place) {
        Coordinates here = place.coordinates().orElseThrow();
        List<Integer> near =
                ofCountry.computeIfAbsent(place.country().orElseThrow(), _ -> new ArrayList<>());
        int nearest = 0;
        double distance = reach;
        for (int hub : near) {
            double kilometres = here.kilometresTo(hubs.get(hub).at());
            if (kilometres >= distance) continue;
            nearest = hub;
            distance = kilometres;
        }
        return nearest != 0 ? nearest : newHub(place, near);
    }

    private int newHub(Place place, List<Integer> ofItsCountry) {
        hubs.add(new Hub(place.country().orElseThrow(), place.coordinates().orElseThrow()));
        ofItsCountry.add(hubs.size() - 1);
        return hubs.size() - 1;
    }

    List<Hub> hubs() {
        return hubs;
    }

    int hubOf(int place) {
        return hubOfPlace[place];
    }
}
