package meridian.dns.geo;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import meridian.topology.Coordinates;
import meridian.topology.Place;

/// The middle of each country and continent: the mean, on the sphere, of where its addresses are.
final class Centroids {

    private static final class Sum {
        double x;
        double y;
        double z;

        void add(Coordinates at, double weight) {
            double latitude = Math.toRadians(at.latitude());
            double longitude = Math.toRadians(at.longitude());
            x += weight * Math.cos(latitude) * Math.cos(longitude);
            y += weight * Math.cos(latitude) * Math.sin(longitude);
            z += weight * Math.sin(latitude);
        }

        String mean() {
            double latitude = Math.toDegrees(Math.atan2(z, Math.hypot(x, y)));
            double longitude = Math.toDegrees(Math.atan2(y, x));
            return String.format(Locale.ROOT, "%.2f %.2f", latitude, longitude);
        }
    }

    /// By the first two words of a line of `countries.txt`.
    private final Map<String, Sum> sums = new HashMap<>();

    /// IPv4 addresses are counted; of IPv6 a range counts a millionth, for countries that have no
    /// other.
    static Centroids of(Atlas source) {
        var centroids = new Centroids();
        for (Ranges ranges : List.of(source.ipv4(), source.ipv6())) {
            double unit = ranges.width() == 32 ? 1 : 1e-6;
            for (int i = 0; i < ranges.size(); i++) {
                Place place = source.places().get(ranges.number(i));
                centroids.add(place, unit * AddressSample.weight(ranges, i));
            }
        }
        return centroids;
    }

    private void add(Place place, double weight) {
        if (place.country().isEmpty() || place.continent().isEmpty()) return;
        if (place.coordinates().isEmpty()) return;
        String continent = place.continent().get().name();
        for (String key : List.of(place.country().get() + " " + continent, "* " + continent)) {
            sums.computeIfAbsent(key, _ -> new Sum()).add(place.coordinates().get(), weight);
        }
    }

    /// The lines of `countries.txt` with these centroids; what has no address keeps what it had.
    List<String> into(List<String> lines) {
        return lines.stream().map(this::renewed).toList();
    }

    private String renewed(String line) {
        String[] words = line.split(" ", -1);
        Sum sum = words.length == 4 ? sums.get(words[0] + " " + words[1]) : null;
        return sum == null ? line : words[0] + " " + words[1] + " " + sum.mean();
    }
}
