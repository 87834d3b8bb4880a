package meridian.steering;

import static meridian.steering.Fleet.AP_SOUTH;
import static meridian.steering.Fleet.DUBLIN;
import static meridian.steering.Fleet.EU_WEST;
import static meridian.steering.Fleet.SPARE;
import static meridian.steering.Fleet.US_EAST;
import static meridian.steering.Fleet.US_WEST;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import meridian.record.DomainName;
import meridian.record.RecordType;
import meridian.topology.Network;
import meridian.topology.RegionId;
import meridian.topology.Rule;
import meridian.topology.Step;
import org.junit.jupiter.api.Test;

/// Of each region, why it is in the answer or is not.
class ExplanationTest {

    private static final String US = "198.51.100.10";
    private static final String WEST = "198.51.100.20";
    private static final String EU = "192.0.2.10";
    private static final String AP = "203.0.113.10";
    private static final String SPARE_1 = "203.0.113.99";
    private static final String FARTHER = "passed over: farther down the order";

    private final Fleet fleet =
            new Fleet()
                    .with(US_EAST, US)
                    .with(US_WEST, WEST)
                    .with(EU_WEST, EU)
                    .with(AP_SOUTH, AP)
                    .with(SPARE, SPARE_1);

    @Test
    void besideARegionThatIsUp() {
        fleet.up(US, AP, SPARE_1).down(EU).drain(AP_SOUTH);
        assertThat(outcomes(0))
                .isEqualTo(
                        Map.of(
                                EU_WEST, "rejected: down",
                                US_EAST, "answered",
                                US_WEST, "passed over: unknown, and a better one was found",
                                AP_SOUTH, "rejected: drained",
                                SPARE, "passed over: standby"));
    }

    @Test
    void aFartherRegionThatIsUpIsFartherDown() {
        fleet.up(US, EU, WEST, AP, SPARE_1);
        assertThat(outcomes(0)).containsEntry(US_WEST, FARTHER).containsEntry(EU_WEST, "answered");
    }

    @Test
    void besideARegionOfWhichNothingIsKnownAnotherSuchIsOnlyFarther() {
        fleet.up(SPARE_1);
        assertThat(outcomes(0))
                .containsEntry(EU_WEST, "answered")
                .containsEntry(US_EAST, FARTHER)
                .containsEntry(SPARE, "passed over: standby");
    }

    @Test
    void whereAllIsDownTheOthersAreDown() {
        fleet.down(US, EU, WEST, AP, SPARE_1);
        assertThat(outcomes(0))
                .containsEntry(EU_WEST, "answered")
                .containsEntry(US_EAST, "rejected: down");
    }

    @Test
    void whereAllIsDrainedTheOthersAreDrained() {
        fleet.up(US, EU).drain(US_EAST, US_WEST, EU_WEST, AP_SOUTH, SPARE);
        assertThat(outcomes(0))
                .containsEntry(EU_WEST, "answered")
                .containsEntry(US_EAST, "rejected: drained");
    }

    @Test
    void aMemberOfAWeightedSetWasEligible() {
        var weights = new LinkedHashMap<RegionId, Integer>();
        weights.put(EU_WEST, 1);
        weights.put(US_EAST, 1);
        fleet.steer(new Rule(Optional.empty(), List.of(new Step.Weighted(weights)), true))
                .up(US, EU);
        assertThat(outcomes(-1))
                .isEqualTo(
                        Map.of(
                                US_EAST, "answered",
                                EU_WEST, "eligible; another of its weighted set was drawn"));
    }

    private Map<RegionId, String> outcomes(long draw) {
        Preference preference = fleet.preference(DUBLIN);
        Plan plan = Steering.plan(fleet.state(), RecordType.A, preference);
        DomainName name = DomainName.of("shop.example.com");
        var explanation =
                new Explanation(
                        name,
                        name,
                        RecordType.A,
                        Network.of("192.0.2.0/24"),
                        24,
                        DUBLIN,
                        fleet.service(),
                        OptionalInt.empty(),
                        Steering.candidates(fleet.state(), RecordType.A, preference),
                        plan,
                        Steering.choose(plan, fleet.state(), RecordType.A, draw),
                        List.of());
        return explanation.candidates().stream()
                .collect(Collectors.toMap(Candidate::region, explanation::outcome));
    }
}
