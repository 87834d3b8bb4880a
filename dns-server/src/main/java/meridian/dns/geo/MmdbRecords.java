package meridian.dns.geo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import meridian.topology.Continent;
import meridian.topology.Coordinates;
import meridian.topology.Place;
import org.jspecify.annotations.Nullable;

/// Turns the records of one database into places, whatever layout they have.
///
/// Each thing is looked for at these paths, in this order; those with a dot are GeoIP2's and
/// GeoLite2's:
///
/// | of a place | paths |
/// |---|---|
/// | country | `country.iso_code`, `registered_country.iso_code`, `country_code`, `country` |
/// | continent | `continent.code`, `continent_code`, `continent`; or else the country's |
/// | subdivision | `subdivisions.0.iso_code`, `subdivision_code`, `region_code`, `state1` |
/// | latitude | `location.latitude`, `latitude`, `lat` |
/// | longitude | `location.longitude`, `longitude`, `lng`, `lon` |
/// | AS number | `autonomous_system_number`, `as_number`, `asn` (a number, or as `AS64496`) |
///
/// A value that cannot be meant (a latitude of 95, a country `ZZ`, a number where text belongs)
/// counts as absent and is told in the remarks. An empty text is absent without a remark. So are
/// the coordinates 0, 0: databases write them for "nowhere", and nobody lives there.
final class MmdbRecords {

    private static final Field COUNTRY =
            Field.of(
                    "the country",
                    "country.iso_code",
                    "registered_country.iso_code",
                    "country_code",
                    "country");
    private static final Field CONTINENT =
            Field.of("the continent", "continent.code", "continent_code", "continent");
    private static final Field SUBDIVISION =
            Field.of(
                    "the subdivision",
                    "subdivisions.0.iso_code",
                    "subdivision_code",
                    "region_code",
                    "state1");
    private static final Field LATITUDE =
            Field.of("the latitude", "location.latitude", "latitude", "lat");
    private static final Field LONGITUDE =
            Field.of("the longitude", "location.longitude", "longitude", "lng", "lon");
    private static final Field AS_NUMBER =
            Field.of("the AS number", "autonomous_system_number", "as_number", "asn");

    private static final Pattern DECIMAL_FORM = Pattern.compile("-?[0-9]{1,3}(\\.[0-9]{1,15})?");
    private static final Pattern AS_FORM = Pattern.compile("(?i)(?:AS)?([0-9]{1,10})");
    private static final long LARGEST_AS_NUMBER = 0xFFFF_FFFFL;

    private final Countries countries;
    private final PlaceNumbers numbers = new PlaceNumbers();
    private final Map<String, Oddity> oddities = new LinkedHashMap<>();

    private record Oddity(int records, String example) {}

    MmdbRecords(Countries countries) {
        this.countries = countries;
    }

    /// The number of the record's place among [#distinct].
    int number(Object record) {
        return numbers.number(record instanceof Map<?, ?> map ? place(map) : notAMap(record));
    }

    List<Place> distinct() {
        return numbers.places();
    }

    /// A sentence for each kind of value that was left out.
    List<String> remarks(String database) {
        return oddities.entrySet().stream()
                .map(
                        oddity ->
                                database
                                        + ": in "
                                        + oddity.getValue().records
                                        + " records "
                                        + oddity.getKey()
                                        + " makes no sense and counts as absent; the first is "
                                        + oddity.getValue().example)
                .toList();
    }

    private Place notAMap(Object record) {
        odd("the record", record);
        return Place.UNKNOWN;
    }

    private Place place(Map<?, ?> record) {
        Optional<String> country = country(record);
        return countries.completed(
                new Place(
                        continent(record),
                        country,
                        country.flatMap(in -> subdivision(record, in)),
                        asNumber(record),
                        coordinates(record),
                        List.of()));
    }

    private Optional<String> country(Map<?, ?> record) {
        return text(record, COUNTRY)
                .map(code -> code.toUpperCase(Locale.ROOT))
                .filter(orOdd("the country", countries::knows));
    }

    private Optional<Continent> continent(Map<?, ?> record) {
        return text(record, CONTINENT)
                .filter(orOdd("the continent", MmdbRecords::isContinent))
                .map(Continent::valueOf);
    }

    private static boolean isContinent(String code) {
        return Stream.of(Continent.values()).anyMatch(continent -> continent.name().equals(code));
    }

    private Optional<String> subdivision(Map<?, ?> record, String country) {
        return text(record, SUBDIVISION).flatMap(text -> Subdivisions.BUILT_IN.code(country, text));
    }

    private OptionalLong asNumber(Map<?, ?> record) {
        Optional<Object> value = AS_NUMBER.in(record);
        if (value.isEmpty()) return OptionalLong.empty();
        Matcher digits = AS_FORM.matcher(value.get().toString());
        long number = digits.matches() ? Long.parseLong(digits.group(1)) : -1;
        if (number > 0 && number <= LARGEST_AS_NUMBER) return OptionalLong.of(number);
        if (number != 0) odd("the AS number", value.get());
        return OptionalLong.empty();
    }

    private Optional<Coordinates> coordinates(Map<?, ?> record) {
        Optional<Double> latitude = degrees(record, LATITUDE, 90);
        Optional<Double> longitude = degrees(record, LONGITUDE, 180);
        if (latitude.isEmpty() || longitude.isEmpty()) return Optional.empty();
        if (latitude.get() == 0 && longitude.get() == 0) return Optional.empty();
        return Optional.of(new Coordinates(latitude.get(), longitude.get()));
    }

    /// Rounded to four places, which is 11 m: single-precision values become what was meant.
    private Optional<Double> degrees(Map<?, ?> record, Field field, int limit) {
        return field.in(record)
                .filter(orOdd(field.name, value -> Math.abs(decimal(value)) <= limit))
                .map(value -> Math.round(decimal(value) * 1e4) / 1e4);
    }

    /// NaN for what is no number.
    private static double decimal(Object value) {
        if (value instanceof Number number) return number.doubleValue();
        String text = value.toString();
        return DECIMAL_FORM.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
    }

    private Optional<String> text(Map<?, ?> record, Field field) {
        return field.in(record)
                .filter(orOdd(field.name, String.class::isInstance))
                .map(String.class::cast);
    }

    /// Where databases keep one thing: the first path at which something stands is it.
    private record Field(String name, List<List<String>> paths) {

        static Field of(String name, String... paths) {
            return new Field(
                    name, Stream.of(paths).map(path -> List.of(path.split("\\.", -1))).toList());
        }

        Optional<Object> in(Map<?, ?> record) {
            for (List<String> path : paths) {
                Object value = at(record, path);
                if (value != null && !value.equals("") && !(value instanceof Map))
                    return Optional.of(value);
            }
            return Optional.empty();
        }

        private static @Nullable Object at(Map<?, ?> record, List<String> path) {
            Object value = record;
            for (String step : path) value = within(value, step);
            return value;
        }

        private static @Nullable Object within(@Nullable Object value, String step) {
            return switch (value) {
                case Map<?, ?> map -> map.get(step);
                case List<?> list when step.equals("0") && !list.isEmpty() -> list.getFirst();
                case null, default -> null;
            };
        }
    }

    private <T> Predicate<T> orOdd(String what, Predicate<? super T> sane) {
        return value -> {
            if (sane.test(value)) return true;
            odd(what, value);
            return false;
        };
    }

    private void odd(String what, @Nullable Object value) {
        String text = String.valueOf(value);
        String example = text.length() <= 40 ? text : text.substring(0, 40) + "…";
        oddities.merge(
                what,
                new Oddity(1, "\"" + example + "\""),
                (known, _) -> new Oddity(known.records + 1, known.example));
    }
}
