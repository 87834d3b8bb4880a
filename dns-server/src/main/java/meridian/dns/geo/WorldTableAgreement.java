package meridian.dns.geo;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import meridian.topology.Coordinates;
import meridian.topology.Place;

/// How well a reduced atlas agrees with the one it was made from, over random known addresses of
/// one family.
///
/// @param sameCountry share of addresses with the same country, 0 to 1
/// @param kilometres by how much the coordinates differ: the median, and the 90th and 99th of
///   hundred
/// @param sameRegion share of addresses whose nearest of three regions is the same
record WorldTableAgreement(
        String family,
        int addresses,
        double sameCountry,
        List<Double> kilometres,
        double sameRegion) {

    private static final int ADDRESSES_PER_FAMILY = 50_000;
    private static final long SEED = 7;

    /// us-east, eu-west and ap-south of the examples.
    private static final List<Coordinates> REGIONS =
            List.of(
                    new Coordinates(38.9, -77.0),
                    new Coordinates(53.3, -6.2),
                    new Coordinates(1.3, 103.8));

    /// A table of both families, as text.
    static String of(Atlas source, Atlas reduced) {
        List<byte[]> all = AddressSample.draw(source, ADDRESSES_PER_FAMILY, SEED);
        return all.stream()
                .collect(Collectors.groupingBy(address -> address.length))
                .values()
                .stream()
                .map(addresses -> measured(source, reduced, addresses))
                .map(WorldTableAgreement::toString)
                .collect(Collectors.joining());
    }

    private static WorldTableAgreement measured(
            Atlas source, Atlas reduced, List<byte[]> addresses) {
        int countries = 0;
        int regions = 0;
        double[] kilometres = new double[addresses.size()];
        for (int i = 0; i < kilometres.length; i++) {
            Place truth = source.place(addresses.get(i));
            Place told = reduced.place(addresses.get(i));
            if (truth.country().equals(told.country())) countries++;
            if (nearest(truth) == nearest(told)) regions++;
            kilometres[i] = apart(truth, told);
        }
        Arrays.sort(kilometres);
        double count = kilometres.length;
        return new WorldTableAgreement(
                addresses.getFirst().length == 4 ? "IPv4" : "IPv6",
                kilometres.length,
                countries / count,
                List.of(at(kilometres, 0.5), at(kilometres, 0.9), at(kilometres, 0.99)),
                regions / count);
    }

    private static int nearest(Place place) {
        return place.coordinates()
                .flatMap(
                        here ->
                                REGIONS.stream()
                                        .min(Comparator.comparingDouble(here::kilometresTo)))
                .map(REGIONS::indexOf)
                .orElse(-1);
    }

    /// Half the globe where one of them is nowhere.
    private static double apart(Place truth, Place told) {
        if (truth.coordinates().isEmpty() || told.coordinates().isEmpty()) return 20_000;
        return truth.coordinates().get().kilometresTo(told.coordinates().get());
    }

    private static double at(double[] sorted, double share) {
        return sorted[(int) (share * sorted.length)];
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: %,d addresses, same country %.2f %%, distance p50 %.0f km, p90 %.0f km, p99 %.0f km, same nearest region %.2f %%%n",
                family,
                addresses,
                100 * sameCountry,
                kilometres.get(0),
                kilometres.get(1),
                kilometres.get(2),
                100 * sameRegion);
    }
}
