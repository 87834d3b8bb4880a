package meridian.steering;

import static meridian.steering.Fleet.AP_SOUTH;
import static meridian.steering.Fleet.DUBLIN;
import static meridian.steering.Fleet.EU_WEST;
import static meridian.steering.Fleet.SPARE;
import static meridian.steering.Fleet.US_EAST;
import static meridian.steering.Fleet.forAll;
import static meridian.steering.Fleet.to;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import meridian.record.RecordType;
import meridian.topology.AllDown;
import meridian.topology.Network;
import meridian.topology.RegionId;
import meridian.topology.Rule;
import meridian.topology.Step;
import org.junit.jupiter.api.Test;

class SteeringTest {

    private static final String US = "198.51.100.10";
    private static final String EU = "192.0.2.10";
    private static final String EU_2 = "192.0.2.11";
    private static final String AP = "203.0.113.10";
    private static final String SPARE_1 = "203.0.113.99";

    private final Fleet fleet =
            new Fleet()
                    .with(US_EAST, US)
                    .with(EU_WEST, EU, EU_2)
                    .with(AP_SOUTH, AP)
                    .with(SPARE, SPARE_1);

    @Test
    void theNearestRegionThatIsUpServes() {
        fleet.up(US, EU, EU_2, AP, SPARE_1);
        assertServes(Reason.ACTIVE, EU_WEST);
    }

    @Test
    void aRegionThatIsDownIsPassedOver() {
        fleet.up(US, AP, SPARE_1).down(EU, EU_2);
        assertServes(Reason.ACTIVE, US_EAST);
    }

    @Test
    void aFarRegionThatIsUpComesBeforeANearOneThatIsUnknown() {
        fleet.up(AP);
        assertServes(Reason.ACTIVE, AP_SOUTH);
    }

    @Test
    void whatIsUnknownServesWhereNothingIsUp() {
        assertServes(Reason.ACTIVE_UNKNOWN, EU_WEST);
    }

    @Test
    void anUnknownActiveRegionComesBeforeAStandbyThatIsUp() {
        fleet.down(EU, EU_2, AP).up(SPARE_1);
        assertServes(Reason.ACTIVE_UNKNOWN, US_EAST);
    }

    @Test
    void aStandbyServesWhenNoActiveRegionCan() {
        fleet.down(US, EU, EU_2, AP).up(SPARE_1);
        assertServes(Reason.STANDBY, SPARE);
    }

    @Test
    void anUnknownStandbyIsTheLastThatIsEligible() {
        fleet.down(US, EU, EU_2, AP);
        assertServes(Reason.STANDBY_UNKNOWN, SPARE);
    }

    @Test
    void onlyTheEndpointsThatAreUpAreAnswered() {
        fleet.answers(2).up(EU_2, US).down(EU);
        assertThat(addresses(choose(7))).containsExactly(EU_2);
    }

    @Test
    void anEndpointOfWhichNothingIsKnownYetDoesNotTakeItsPoolDown() {
        fleet.minUp(100).up(EU, US);
        assertThat(choose(7).region()).contains(EU_WEST);
        assertThat(addresses(choose(7))).containsExactly(EU);
    }

    @Test
    void aPoolBelowMinUpIsDown() {
        fleet.minUp(100).up(EU, US, AP).down(EU_2);
        assertServes(Reason.ACTIVE, US_EAST);
    }

    @Test
    void aDrainedRegionIsNeverAnsweredWhileAnotherCanServe() {
        fleet.up(US, EU, EU_2, AP, SPARE_1).drain(EU_WEST);
        assertServes(Reason.ACTIVE, US_EAST);
    }

    @Test
    void aStandbyServesBeforeADrainedRegion() {
        fleet.up(US, EU, EU_2, AP, SPARE_1).drain(EU_WEST, US_EAST, AP_SOUTH);
        assertServes(Reason.STANDBY, SPARE);
    }

    @Test
    void failingOpenDoesNotOverruleADrain() {
        fleet.down(US, EU, EU_2, AP, SPARE_1).drain(EU_WEST);
        assertServes(Reason.FAIL_OPEN, US_EAST);
    }

    @Test
    void whenAllIsDrainedTheDrainedServeByTheirHealth() {
        fleet.up(AP).down(US, EU, EU_2, SPARE_1).drain(US_EAST, EU_WEST, AP_SOUTH, SPARE);
        assertServes(Reason.ALL_DRAINED, AP_SOUTH);
    }

    @Test
    void whenAllIsDrainedAndDownThereIsStillAnAnswer() {
        fleet.down(US, EU, EU_2, AP, SPARE_1).drain(US_EAST, EU_WEST, AP_SOUTH, SPARE);
        assertServes(Reason.ALL_DRAINED, EU_WEST);
    }

    @Test
    void failingOpenAnswersAsIfAllWereUp() {
        fleet.answers(2).down(US, EU, EU_2, AP, SPARE_1);
        assertServes(Reason.FAIL_OPEN, EU_WEST);
        assertThat(addresses(choose(3))).containsExactlyInAnyOrder(EU, EU_2);
    }

    @Test
    void lastGoodIsThePoolThatFellLast() {
        fleet.allDown(new AllDown.LastGood())
                .downSince(5, US)
                .downSince(9, AP)
                .downSince(3, EU)
                .downSince(8, EU_2)
                .downSince(1, SPARE_1);
        assertServes(Reason.LAST_GOOD, AP_SOUTH);
    }

    @Test
    void fallbackAddressesAreOfTheTypeThatWasAsked() {
        fleet.allDown(
                        new AllDown.Addresses(
                                List.of(
                                        Network.addressOf("203.0.113.1"),
                                        Network.addressOf("2001:db8::1"))))
                .down(US, EU, EU_2, AP, SPARE_1);
        assertThat(choose(0).reason()).isEqualTo(Reason.FALLBACK);
        assertThat(addresses(choose(0))).containsExactly("203.0.113.1");
    }

    @Test
    void noDataIsEmptyOnlyWhereTheServiceAsksForIt() {
        fleet.allDown(new AllDown.NoData()).down(US, EU, EU_2, AP, SPARE_1);
        assertThat(choose(0))
                .isEqualTo(new Choice(List.of(), List.of(), List.of(), Reason.NO_DATA));
    }

    @Test
    void aFenceIsNeverLeft() {
        fleet.steer(new Rule(Optional.empty(), List.of(to(AP_SOUTH)), true)).up(US, EU).down(AP);
        assertServes(Reason.FAIL_OPEN, AP_SOUTH);
    }

    @Test
    void weightsAreKeptAmongTheRegionsThatAreEligible() {
        fleet.steer(forAll(weighted(EU_WEST, 60, US_EAST, 30, AP_SOUTH, 10)))
                .up(US, EU, EU_2)
                .down(AP);
        Map<RegionId, Integer> drawn = draws(90_000);
        assertThat(drawn.keySet()).containsExactlyInAnyOrder(EU_WEST, US_EAST);
        assertThat(drawn.get(US_EAST)).isBetween(29_400, 30_600);
    }

    @Test
    void theSameDrawGivesTheSameChoice() {
        fleet.answers(2).up(US, EU, EU_2, AP, SPARE_1);
        assertThat(choose(123456789L << 20)).isEqualTo(choose(123456789L << 20));
    }

    private static Step weighted(Object... regionsAndWeights) {
        var weights = new LinkedHashMap<RegionId, Integer>();
        for (int i = 0; i < regionsAndWeights.length; i += 2) {
            weights.put((RegionId) regionsAndWeights[i], (Integer) regionsAndWeights[i + 1]);
        }
        return new Step.Weighted(weights);
    }

    private Map<RegionId, Integer> draws(int count) {
        var random = new Random(20261122);
        Plan plan = Steering.plan(fleet.state(), RecordType.A, fleet.preference(DUBLIN));
        var drawn = new TreeMap<RegionId, Integer>();
        for (int i = 0; i < count; i++) {
            Choice choice = Steering.choose(plan, fleet.state(), RecordType.A, random.nextLong());
            drawn.merge(choice.region().orElseThrow(), 1, Integer::sum);
        }
        return drawn;
    }

    private void assertServes(Reason reason, RegionId region) {
        Choice choice = choose(0);
        assertThat(choice.reason()).isEqualTo(reason);
        assertThat(choice.region()).contains(region);
        assertThat(choice.endpoints()).isNotEmpty();
    }

    private Choice choose(long draw) {
        Plan plan = Steering.plan(fleet.state(), RecordType.A, fleet.preference(DUBLIN));
        return Steering.choose(plan, fleet.state(), RecordType.A, draw);
    }

    private static List<String> addresses(Choice choice) {
        return choice.endpoints().stream()
                .map(endpoint -> endpoint.probed().map(InetAddress::getHostAddress).orElseThrow())
                .toList();
    }
}
