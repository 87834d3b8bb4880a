package meridian.dns.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import meridian.topology.Continent;
import meridian.topology.Coordinates;
import meridian.topology.Network;
import meridian.topology.Place;
import meridian.topology.RegionId;
import org.junit.jupiter.api.Test;

class AtlasTest {

    private static final RegionId EAST = new RegionId("us-east");

    private static final Place BERLIN =
            new Place(
                    Optional.of(Continent.EU),
                    Optional.of("DE"),
                    Optional.empty(),
                    OptionalLong.empty(),
                    Optional.of(new Coordinates(52.5, 13.4)),
                    List.of());

    @Test
    void theEmptyAtlasKnowsNoPlace() {
        assertThat(placeIn(Atlas.EMPTY, "192.0.2.1")).isEqualTo(Place.UNKNOWN);
        assertThat(placeIn(Atlas.EMPTY, "2001:db8::1")).isEqualTo(Place.UNKNOWN);
        assertThat(Atlas.EMPTY.ranges()).hasSize(2);
    }

    @Test
    void anOverlayGivesAnOrderAndKeepsThePlace() {
        Atlas atlas = atlas("192.0.2.0/24", BERLIN);

        Atlas overlaid =
                atlas.overlaid(
                        NetworkOrders.of(Map.of(Network.of("192.0.2.128/25"), List.of(EAST))));

        assertThat(placeIn(overlaid, "192.0.2.127")).isEqualTo(BERLIN);
        assertThat(placeIn(overlaid, "192.0.2.128")).isEqualTo(BERLIN.withOrder(List.of(EAST)));
        assertThat(placeIn(overlaid, "192.0.3.0")).isEqualTo(Place.UNKNOWN);
    }

    @Test
    void anOverlayTakesThePlaceOfTheOneBefore() {
        Network network = Network.of("192.0.2.0/24");
        Atlas first =
                atlas("192.0.2.0/24", BERLIN)
                        .overlaid(NetworkOrders.of(Map.of(network, List.of(EAST))));

        assertThat(placeIn(first.overlaid(NetworkOrders.NONE), "192.0.2.1")).isEqualTo(BERLIN);
    }

    @Test
    void anAsNumberIsAddedToAPlace() {
        Atlas atlas = atlas("192.0.2.0/24", BERLIN);
        Atlas numbers = atlas("192.0.0.0/16", Place.UNKNOWN.withAsNumber(64496));

        Atlas both = atlas.filledFrom(numbers);

        assertThat(placeIn(both, "192.0.2.1")).isEqualTo(BERLIN.withAsNumber(64496));
        assertThat(placeIn(both, "192.0.1.1")).isEqualTo(Place.UNKNOWN.withAsNumber(64496));
    }

    @Test
    void detailsOfAnotherCountryAreNotMixedIn() {
        Place france =
                new Place(
                        Optional.of(Continent.EU),
                        Optional.of("FR"),
                        Optional.empty(),
                        OptionalLong.empty(),
                        Optional.empty(),
                        List.of());
        Atlas first = atlas("192.0.2.0/24", france);
        Atlas second = atlas("192.0.0.0/16", BERLIN);

        Atlas both = first.filledFrom(second);

        assertThat(placeIn(both, "192.0.2.1")).isEqualTo(france);
        assertThat(placeIn(both, "192.0.3.1")).isEqualTo(BERLIN);
    }

    @Test
    void rangesCoverTheWholeSpaceOnce() {
        List<Atlas.Range> ranges = atlas("192.0.2.0/24", BERLIN).ranges().toList();

        assertThat(ranges).hasSize(4);
        assertThat(ranges.get(1))
                .isEqualTo(
                        new Atlas.Range(
                                InetAddress.ofLiteral("192.0.2.0"),
                                InetAddress.ofLiteral("192.0.2.255"),
                                BERLIN));
        assertThat(ranges.get(2).last()).isEqualTo(InetAddress.ofLiteral("255.255.255.255"));
        assertThat(ranges.get(3).last())
                .isEqualTo(InetAddress.ofLiteral("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"));
    }

    private static Atlas atlas(String network, Place place) {
        var nesting = new Nesting(32);
        nesting.add(Network.of(network), 1);
        return new Atlas(nesting.ranges(0), Ranges.all(128, 0), List.of(Place.UNKNOWN, place));
    }

    private static Place placeIn(Atlas atlas, String address) {
        return atlas.place(InetAddress.ofLiteral(address));
    }
}
