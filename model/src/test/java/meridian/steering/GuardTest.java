package meridian.steering;

import static meridian.steering.Fleet.AP_SOUTH;
import static meridian.steering.Fleet.DUBLIN;
import static meridian.steering.Fleet.EU_WEST;
import static meridian.steering.Fleet.US_EAST;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import meridian.record.RecordType;
import org.junit.jupiter.api.Test;

class GuardTest {

    private static final String US = "198.51.100.10";
    private static final String US_2 = "198.51.100.11";
    private static final String EU = "192.0.2.10";
    private static final String EU_2 = "192.0.2.11";

    private final Fleet fleet = new Fleet().with(US_EAST, US, US_2).with(EU_WEST, EU, EU_2);

    @Test
    void aDrainThatLeavesARegionIsAllowed() {
        fleet.up(US, US_2, EU, EU_2);
        assertThat(Guard.breaches(List.of(fleet.state()), EU_WEST)).isEmpty();
    }

    @Test
    void theLastRegionThatServesIsNotDrained() {
        fleet.up(US, US_2, EU, EU_2).drain(US_EAST);
        assertThat(Guard.breaches(List.of(fleet.state()), EU_WEST))
                .extracting(Guard.Breach::toString)
                .containsExactly(
                        "service shop would keep 0 of its regions for A; keep-regions is 1");
    }

    @Test
    void aDeadRegionDoesNotCountAsOneThatIsKept() {
        fleet.up(EU, EU_2).down(US, US_2);
        assertThat(Guard.breaches(List.of(fleet.state()), EU_WEST)).hasSize(1);
    }

    @Test
    void aDeadRegionMayBeDrained() {
        fleet.up(EU, EU_2).down(US, US_2);
        assertThat(Guard.breaches(List.of(fleet.state()), US_EAST)).isEmpty();
    }

    @Test
    void aRegionWithoutThisServiceMayBeDrained() {
        fleet.keepRegions(2).up(US, US_2, EU, EU_2);
        assertThat(Guard.breaches(List.of(fleet.state()), AP_SOUTH)).isEmpty();
    }

    @Test
    void aRegionBelowMinUpIsKeptWhereNoOtherServes() {
        fleet.minUp(100).up(EU).down(EU_2, US, US_2);
        assertThat(Guard.held(fleet.state(), RecordType.A)).containsExactly(EU_WEST);
        Choice choice =
                Steering.plan(fleet.state(), RecordType.A, fleet.preference(DUBLIN)).choose(0);
        assertThat(choice.reason()).isEqualTo(Reason.ACTIVE);
        assertThat(choice.endpoints())
                .extracting(e -> e.destination().toString())
                .containsExactly(EU);
    }

    @Test
    void removalsAreAdmittedInTheOrderInWhichTheyHappened() {
        fleet.minUp(100).up(EU, US).downSince(5, EU_2).downSince(7, US_2);
        assertThat(Guard.held(fleet.state(), RecordType.A)).containsExactly(US_EAST);
    }

    @Test
    void nothingIsHeldWhereEnoughRegionsServe() {
        fleet.minUp(100).up(US, US_2, EU).down(EU_2);
        assertThat(Guard.held(fleet.state(), RecordType.A)).isEmpty();
    }
}
