package meridian.steering;

import static meridian.steering.Fleet.AP_SOUTH;
import static meridian.steering.Fleet.BOSTON;
import static meridian.steering.Fleet.DUBLIN;
import static meridian.steering.Fleet.EU_WEST;
import static meridian.steering.Fleet.SINGAPORE;
import static meridian.steering.Fleet.SPARE;
import static meridian.steering.Fleet.US_EAST;
import static meridian.steering.Fleet.US_WEST;
import static meridian.steering.Fleet.forAll;
import static meridian.steering.Fleet.forContinent;
import static meridian.steering.Fleet.to;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import meridian.topology.ClientSet;
import meridian.topology.Continent;
import meridian.topology.Network;
import meridian.topology.Place;
import meridian.topology.Policy;
import meridian.topology.RegionId;
import meridian.topology.Rule;
import meridian.topology.Step;
import org.junit.jupiter.api.Test;

class PreferencesTest {

    private final Fleet fleet = new Fleet().with(US_EAST, "198.51.100.10");

    @Test
    void withoutRulesActiveRegionsComeByDistanceAndStandbysLast() {
        assertOrder(BOSTON, US_EAST, US_WEST, EU_WEST, AP_SOUTH, SPARE);
    }

    @Test
    void afterTheThirdRegionDistanceIsFromTheNearest() {
        // From Singapore the spare in Frankfurt would be the second; the first three are ranked
        // for the client, and standbys come behind all active ones.
        assertOrder(SINGAPORE, AP_SOUTH, EU_WEST, US_WEST, US_EAST, SPARE);
    }

    @Test
    void aClientOfUnknownPlaceGetsTheConfiguredOrder() {
        assertOrder(Place.UNKNOWN, US_EAST, US_WEST, EU_WEST, AP_SOUTH, SPARE);
    }

    @Test
    void theNetworksFileComesBeforeDistance() {
        assertOrder(
                DUBLIN.withOrder(List.of(AP_SOUTH, US_WEST)),
                AP_SOUTH,
                US_WEST,
                EU_WEST,
                US_EAST,
                SPARE);
    }

    @Test
    void stepsComeFirstAndTheRemainingRegionsAfterThem() {
        fleet.steer(forAll(to(AP_SOUTH)));
        assertOrder(DUBLIN, AP_SOUTH, EU_WEST, US_EAST, US_WEST, SPARE);
    }

    @Test
    void theFirstRuleThatIsForTheClientHolds() {
        fleet.steer(forContinent(Continent.NA, to(US_WEST)), forAll(to(AP_SOUTH)));
        assertThat(order(BOSTON).getFirst()).isEqualTo(US_WEST);
        assertThat(order(DUBLIN).getFirst()).isEqualTo(AP_SOUTH);
    }

    @Test
    void aRuleIsForAClientByItsNetworkToo() {
        var office =
                new ClientSet(
                        "office",
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        List.of(Network.of("192.0.2.0/24")));
        var policy = new Policy(List.of(new Rule(Optional.of(office), List.of(to(SPARE)), true)));
        var preferences = new Preferences(fleet.topology());
        assertThat(preferences.preference(policy, DUBLIN, office::equals).tiers())
                .containsExactly(Tier.of(SPARE));
        assertThat(preferences.preference(policy, DUBLIN, _ -> false).tiers()).hasSize(5);
    }

    @Test
    void aFenceHasOnlyWhatItsStepsName() {
        fleet.steer(new Rule(Optional.empty(), List.of(to(US_EAST), to(EU_WEST)), true));
        assertOrder(SINGAPORE, US_EAST, EU_WEST);
    }

    @Test
    void nearestLeavesOutWhatIsTooFar() {
        fleet.steer(forAll(nearest(3000), to(AP_SOUTH)));
        assertOrder(DUBLIN, EU_WEST, SPARE, AP_SOUTH, US_EAST, US_WEST);
    }

    @Test
    void nearestWithinALimitIsEmptyForAClientOfUnknownPlace() {
        fleet.steer(forAll(nearest(3000), to(AP_SOUTH)));
        assertThat(order(Place.UNKNOWN).getFirst()).isEqualTo(AP_SOUTH);
    }

    @Test
    void aRegionIsLikedOnceAndByItsFirstStep() {
        var weights = new LinkedHashMap<RegionId, Integer>();
        weights.put(EU_WEST, 95);
        weights.put(US_EAST, 5);
        fleet.steer(forAll(new Step.Weighted(weights), to(US_EAST)));
        assertThat(fleet.preference(DUBLIN).tiers().getFirst()).isEqualTo(new Tier(weights));
        assertThat(fleet.preference(DUBLIN).tiers()).hasSize(4);
    }

    private static Step nearest(double kilometres) {
        return new Step.Nearest(List.of(), OptionalDouble.of(kilometres));
    }

    private void assertOrder(Place place, RegionId... regions) {
        assertThat(order(place)).containsExactly(regions);
    }

    private List<RegionId> order(Place place) {
        return fleet.preference(place).tiers().stream()
                .map(tier -> tier.weights().firstEntry().getKey())
                .toList();
    }
}
