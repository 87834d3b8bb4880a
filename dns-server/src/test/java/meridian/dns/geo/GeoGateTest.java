package meridian.dns.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import meridian.topology.Coordinates;
import meridian.topology.Place;
import meridian.topology.RegionId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GeoGateTest {

    private static final RegionId EAST = new RegionId("us-east");
    private static final RegionId WEST = new RegionId("eu-west");

    private static final Place GERMANY = place("DE", 52.5, 13.4);
    private static final Place FRANCE = place("FR", 48.9, 2.4);
    private static final Place AMERICA = place("US", 38.9, -77.0);

    @Test
    void atAStartTheGoldenLookUpsDecide() {
        GeoGate gate = gate(golden("10.0.0.1", "DE", WEST));

        Admission admission = gate.admit(sliced(100, 0, GERMANY), List.of(), Optional.empty());

        assertThat(admission).isInstanceOf(Admission.Accepted.class);
        assertThat(((Admission.Accepted) admission).changed()).isEmpty();
    }

    @Test
    void aMissedGoldenLookUpRefuses() {
        GeoGate gate = gate(golden("10.0.0.1", "US", EAST), golden("192.0.2.1", "DE", WEST));

        assertThat(refusal(gate.admit(sliced(100, 0, GERMANY), List.of(), Optional.empty())))
                .containsExactly(
                        "the golden look-up of 10.0.0.1 gives the country DE, expected is US",
                        "the golden look-up of 10.0.0.1 gives the nearest region eu-west, expected is us-east",
                        "the golden look-up of 192.0.2.1 gives the country none, expected is DE",
                        "the golden look-up of 192.0.2.1 gives the nearest region us-east, expected is eu-west");
    }

    @Test
    void aLittleMayChange() {
        Atlas serving = sliced(100, 0, GERMANY);

        var accepted =
                (Admission.Accepted)
                        gate().admit(sliced(100, 8, GERMANY), List.of("one"), Optional.of(serving));

        assertThat(accepted.changed().orElseThrow()).isBetween(0.07, 0.09);
        assertThat(accepted.remarks()).containsExactly("one");
        assertThat(accepted.summary()).contains("ranges of 5 places").contains("% changed");
    }

    @Test
    void tooMuchChangeIsRefusedAndTheSameIsToldEachTime() {
        Atlas serving = sliced(100, 0, GERMANY);
        Atlas candidate = sliced(100, 12, GERMANY);

        List<String> reasons = refusal(gate().admit(candidate, List.of(), Optional.of(serving)));

        assertThat(reasons)
                .singleElement()
                .asString()
                .matches(
                        "1[12]\\.\\d % of sampled addresses would change their country or order of regions; up to 10\\.0 % is accepted");
        assertThat(refusal(gate().admit(candidate, List.of(), Optional.of(serving))))
                .isEqualTo(reasons);
    }

    @Test
    void anotherCountryIsAChangeEvenWithTheSameRegions() {
        Atlas serving = sliced(100, 0, GERMANY);
        Atlas candidate = sliced(100, 0, FRANCE);

        assertThat(refusal(gate().admit(candidate, List.of(), Optional.of(serving))))
                .singleElement()
                .asString()
                .startsWith("100.0 % of sampled addresses");
    }

    @Test
    void aFileCutShortIsRefused() {
        Atlas serving = sliced(100, 50, GERMANY);
        Atlas candidate = sliced(20, 10, GERMANY);

        assertThat(refusal(gate().admit(candidate, List.of(), Optional.of(serving))))
                .anySatisfy(
                        reason ->
                                assertThat(reason)
                                        .isEqualTo(
                                                "the database has 23 ranges where the serving one has 103; at least half as many are accepted"));
    }

    @Test
    void aDatabaseThatKnowsNothingIsRefused() {
        assertThat(refusal(gate().admit(Atlas.EMPTY, List.of(), Optional.empty())))
                .containsExactly("the database knows the place of no address at all");
    }

    @Test
    void aFileThatCannotBeReadIsRefused() {
        assertThat(refusal(gate().admit(List.of(Path.of("none.mmdb")), Optional.empty())))
                .containsExactly("none.mmdb: there is no such file");
    }

    @Test
    void aGoldenLookUpThatExpectsNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> golden("192.0.2.1", null, null))
                .withMessageContaining("192.0.2.1 expects nothing");
    }

    /// 10.0.0.0/8 in `slices` ranges, two places in turn, the first `inAmerica` of them in America.
    private static Atlas sliced(int slices, int inAmerica, Place others) {
        var ranges = new Ranges.Builder(32);
        ranges.append(0, 0, 0);
        for (int i = 0; i < slices; i++) {
            long first = (10L << 24) + (long) i * (1 << 24) / slices;
            ranges.append(0, first, 1 + i % 2 + (i < inAmerica ? 2 : 0));
        }
        ranges.append(0, 11L << 24, 0);
        List<Place> places =
                List.of(
                        Place.UNKNOWN,
                        others,
                        others.withAsNumber(7),
                        AMERICA,
                        AMERICA.withAsNumber(7));
        return new Atlas(ranges.build(), Ranges.all(128, 0), places);
    }

    private static GeoGate gate(GeoGate.Golden... golden) {
        return new GeoGate(List.of(golden), GeoGate.DEFAULT_MOST_CHANGED, GeoGateTest::ranking);
    }

    private static List<RegionId> ranking(Place place) {
        boolean european = place.coordinates().filter(at -> at.longitude() > -30).isPresent();
        List<RegionId> regions = new ArrayList<>(List.of(EAST, WEST));
        return european ? regions.reversed() : regions;
    }

    private static GeoGate.Golden golden(
            String address, @Nullable String country, @Nullable RegionId nearest) {
        return new GeoGate.Golden(
                InetAddress.ofLiteral(address),
                Optional.ofNullable(country),
                Optional.ofNullable(nearest));
    }

    private static Place place(String country, double latitude, double longitude) {
        return new Place(
                Optional.empty(),
                Optional.of(country),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.of(new Coordinates(latitude, longitude)),
                List.of());
    }

    private static List<String> refusal(Admission admission) {
        return ((Admission.Refused) admission)
                .reasons().stream().map(GeoLoad.Reason::toString).toList();
    }
}
