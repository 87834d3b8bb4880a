package meridian.dns.geo;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;
import meridian.topology.Place;
import meridian.topology.RegionId;

/// Decides whether a new geo database may take the place of the one that serves.
///
/// Geo data comes from outside, every day, and has been wrong before: a file cut short, a column
/// shifted, a country moved. Three things must hold, and all that do not are told:
///
/// | check | guards against |
/// |---|---|
/// | golden look-ups | a database that is wrong about the addresses one knows |
/// | at least half as many ranges as before | a file cut short, a cheaper edition |
/// | at most so much changed, over a sample of addresses known before | all else |
///
/// Where nothing served before (a start), golden look-ups alone decide.
///
/// @param golden addresses with known answers
/// @param mostChanged the share of the sample that may have another country or another order of
///   regions, 0 to 1
/// @param ranking the regions as clients at a place prefer them, the first most
public record GeoGate(
        List<Golden> golden, double mostChanged, Function<Place, List<RegionId>> ranking) {

    public static final double DEFAULT_MOST_CHANGED = 0.10;

    private static final int SAMPLE_PER_FAMILY = 10_000;
    private static final long SAMPLE_SEED = 20_260_101;

    public GeoGate {
        golden = List.copyOf(golden);
        if (!(mostChanged >= 0 && mostChanged <= 1))
            throw new IllegalArgumentException(
                    "the share that may change is " + mostChanged + "; 0 to 1 is accepted");
    }

    /// An address of which the country or the nearest region is known.
    public record Golden(
            InetAddress address, Optional<String> country, Optional<RegionId> nearest) {

        public Golden {
            if (country.isEmpty() && nearest.isEmpty())
                throw new IllegalArgumentException(
                        "the golden look-up of "
                                + address.getHostAddress()
                                + " expects nothing; a country, a nearest region or both are accepted");
        }
    }

    /// Reads databases and judges them; whoever calls keeps what served until it is told
    /// "accepted".
    ///
    /// @param serving the atlas of the databases that serve, before any overlay
    public Admission admit(List<Path> databases, Optional<Atlas> serving) {
        return switch (GeoLoad.read(databases)) {
            case GeoLoad.Loaded(Atlas atlas, List<String> remarks) ->
                    admit(atlas, remarks, serving);
            case GeoLoad.Refused(List<GeoLoad.Reason> reasons) -> new Admission.Refused(reasons);
        };
    }

    /// Judges an atlas that has been read.
    public Admission admit(Atlas candidate, List<String> remarks, Optional<Atlas> serving) {
        OptionalDouble changed =
                serving.map(atlas -> OptionalDouble.of(changed(atlas, candidate)))
                        .orElse(OptionalDouble.empty());
        List<String> reasons = new ArrayList<>();
        golden.forEach(lookUp -> missed(lookUp, candidate).forEach(reasons::add));
        serving.flatMap(atlas -> shrunk(atlas, candidate)).ifPresent(reasons::add);
        if (changed.orElse(0) > mostChanged) reasons.add(tooMuch(changed.orElse(0)));
        if (candidate.places().size() == 1)
            reasons.add("the database knows the place of no address at all");
        return reasons.isEmpty()
                ? new Admission.Accepted(candidate, changed, remarks)
                : new Admission.Refused(
                        reasons.stream()
                                .map(text -> new GeoLoad.Reason(Optional.empty(), text))
                                .toList());
    }

    private Stream<String> missed(Golden lookUp, Atlas atlas) {
        Place place = atlas.place(lookUp.address());
        return Stream.of(
                        missed("country", lookUp.country(), place.country()),
                        missed("nearest region", lookUp.nearest(), nearest(place)))
                .flatMap(Optional::stream)
                .map(miss -> "the golden look-up of " + lookUp.address().getHostAddress() + miss);
    }

    private static Optional<String> missed(String what, Optional<?> expected, Optional<?> found) {
        if (expected.isEmpty() || expected.equals(found)) return Optional.empty();
        String instead = found.isPresent() ? found.get().toString() : "none";
        return Optional.of(
                " gives the " + what + " " + instead + ", expected is " + expected.get());
    }

    private Optional<RegionId> nearest(Place place) {
        return ranking.apply(place).stream().findFirst();
    }

    private static Optional<String> shrunk(Atlas serving, Atlas candidate) {
        if (2L * candidate.rangeCount() >= serving.rangeCount()) return Optional.empty();
        return Optional.of(
                "the database has %,d ranges where the serving one has %,d; at least half as many are accepted"
                        .formatted(candidate.rangeCount(), serving.rangeCount()));
    }

    private String tooMuch(double changed) {
        return String.format(
                Locale.ROOT,
                "%.1f %% of sampled addresses would change their country or order of regions; up to %.1f %% is accepted",
                100 * changed,
                100 * mostChanged);
    }

    private double changed(Atlas serving, Atlas candidate) {
        if (serving == candidate) return 0;
        List<byte[]> sample = AddressSample.draw(serving, SAMPLE_PER_FAMILY, SAMPLE_SEED);
        if (sample.isEmpty()) return 0;
        long differing =
                sample.stream()
                        .filter(address -> differ(serving.place(address), candidate.place(address)))
                        .count();
        return (double) differing / sample.size();
    }

    private boolean differ(Place before, Place after) {
        return !before.equals(after)
                && (!before.country().equals(after.country())
                        || !ranking.apply(before).equals(ranking.apply(after)));
    }
}
