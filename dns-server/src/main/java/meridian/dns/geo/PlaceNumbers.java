package meridian.dns.geo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import meridian.topology.Place;

/// Distinct places in the order they were first seen. Number 0 is [Place#UNKNOWN].
final class PlaceNumbers {

    private final Map<Place, Integer> numbers = new HashMap<>();
    private final List<Place> places = new ArrayList<>();

    PlaceNumbers() {
        number(Place.UNKNOWN);
    }

    int number(Place place) {
        Integer known = numbers.putIfAbsent(place, places.size());
        if (known != null) return known;
        places.add(place);
        return places.size() - 1;
    }

    Place place(int number) {
        return places.get(number);
    }

    List<Place> places() {
        return places;
    }
}
