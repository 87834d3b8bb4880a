package meridian.steering;

import static meridian.steering.Breach.Limit.KEEP_CAPACITY;
import static meridian.steering.Breach.Limit.KEEP_REGIONS;
import static meridian.steering.Breach.Limit.VELOCITY_REGIONS;
import static meridian.steering.Fleet.AP_SOUTH;
import static meridian.steering.Fleet.DUBLIN;
import static meridian.steering.Fleet.EU_WEST;
import static meridian.steering.Fleet.SPARE;
import static meridian.steering.Fleet.US_EAST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import meridian.record.RecordType;
import meridian.topology.GuardLimits;
import meridian.topology.GuardLimits.Bounds;
import meridian.topology.GuardLimits.Velocity;
import meridian.topology.RegionId;
import org.junit.jupiter.api.Test;

class GuardTest {

    private static final String US = "198.51.100.10";
    private static final String US_2 = "198.51.100.11";
    private static final String EU = "192.0.2.10";
    private static final String EU_2 = "192.0.2.11";
    private static final String AP = "203.0.113.10";
    private static final Optional<Velocity> ONE_AN_HOUR =
            Optional.of(new Velocity(1, 100, Duration.ofHours(1)));

    private final Fleet fleet = new Fleet().with(US_EAST, US, US_2).with(EU_WEST, EU, EU_2);

    @Test
    void aDrainThatLeavesARegionIsAllowed() {
        fleet.up(US, US_2, EU, EU_2);
        assertThat(drainOf(EU_WEST)).isEmpty();
    }

    @Test
    void theLastRegionThatServesIsNotDrained() {
        fleet.up(US, US_2, EU, EU_2).drain(US_EAST);
        assertThat(drainOf(EU_WEST))
                .extracting(Breach::toString)
                .containsExactly(
                        "service shop would keep 0 of its regions for A; keep-regions is 1");
    }

    @Test
    void aDeadRegionDoesNotCountAsOneThatIsKept() {
        fleet.up(EU, EU_2).down(US, US_2);
        assertThat(drainOf(EU_WEST)).hasSize(1);
    }

    @Test
    void aDeadRegionMayBeDrained() {
        fleet.up(EU, EU_2).down(US, US_2);
        assertThat(drainOf(US_EAST)).isEmpty();
    }

    @Test
    void whereAllIsDownTheLastThatFailingOpenAnswersIsNotDrained() {
        fleet.down(US, US_2, EU, EU_2);
        assertThat(drainOf(US_EAST)).isEmpty();
        fleet.drain(US_EAST);
        assertThat(drainOf(EU_WEST))
                .extracting(Breach::limit, Breach::would)
                .containsExactly(tuple(KEEP_REGIONS, 0));
    }

    @Test
    void whatWaitsForAFailbackDoesNotCountAsOneThatIsKept() {
        fleet.up(US, US_2, EU, EU_2).waits(5, US_EAST);
        assertThat(drainOf(EU_WEST)).extracting(Breach::would).containsExactly(0);
        assertThat(drainOf(US_EAST)).as("nobody is sent there").isEmpty();
    }

    @Test
    void aRegionWithoutThisServiceMayBeDrained() {
        fleet.keepRegions(2).up(US, US_2, EU, EU_2);
        assertThat(drainOf(AP_SOUTH)).isEmpty();
    }

    @Test
    void aRegionBelowMinUpIsKeptWhereNoOtherServes() {
        fleet.minUp(100).up(EU).down(EU_2, US, US_2);
        assertThat(Guard.held(fleet.state(), RecordType.A)).containsExactly(EU_WEST);
        Plan plan = Steering.plan(fleet.state(), RecordType.A, fleet.preference(DUBLIN));
        Choice choice = Steering.choose(plan, fleet.state(), RecordType.A, 0);
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

    @Test
    void oneRegionOfThreeMayBeDrained() {
        threeRegions().guard(new GuardLimits(1));
        assertThat(drainOf(EU_WEST)).isEmpty();
    }

    @Test
    void oneOfAnActivePassivePairMayBeDrained() {
        var pair = new Fleet().with(US_EAST, US).with(SPARE, EU).up(US, EU);
        pair.guard(new GuardLimits(1));
        for (RegionId region : List.of(US_EAST, SPARE)) {
            assertThat(Guard.breaches(List.of(pair.state()), region, Fleet.stamp(5))).isEmpty();
        }
    }

    @Test
    void aScriptThatDrainsRegionAfterRegionIsStopped() {
        threeRegions().guard(new GuardLimits(1)).drainSince(1000, US_EAST);
        assertThat(drainOf(EU_WEST, 1030))
                .extracting(Breach::toString)
                .containsExactly(
                        "service shop would keep 33% of its capacity for A; keep-capacity is 50%",
                        "service shop would lose 2 regions within 10m for A; velocity.regions is 1");
        assertThat(drainOf(EU_WEST, 1600)).extracting(Breach::limit).containsExactly(KEEP_CAPACITY);
    }

    @Test
    void aRegionThatHealthTookOutJustNowCountsInTheWindowOfADrain() {
        threeRegions().guard(drains(0, new Velocity(1, 100, Duration.ofMinutes(1))));
        fleet.downSince(500, US).downSince(500, US_2);
        assertThat(drainOf(EU_WEST, 559))
                .extracting(Breach::limit)
                .containsExactly(VELOCITY_REGIONS);
        assertThat(drainOf(EU_WEST, 560)).isEmpty();
    }

    @Test
    void capacityThatLeavesWithinAWindowIsLimited() {
        threeRegions().guard(drains(0, new Velocity(5, 40, Duration.ofHours(1))));
        assertThat(drainOf(EU_WEST)).isEmpty();
        fleet.drainSince(900, US_EAST);
        assertThat(drainOf(EU_WEST))
                .extracting(Breach::toString)
                .containsExactly(
                        "service shop would lose 67% of its capacity within 1h for A;"
                                + " velocity.capacity is 40%");
    }

    @Test
    void healthIsBoundByCapacityOnlyWhereThatIsSet() {
        threeRegions().minUp(100).downSince(5, EU_2).downSince(7, US_2);
        assertThat(Guard.held(fleet.state(), RecordType.A)).isEmpty();
        fleet.guard(new GuardLimits(1, Bounds.NONE, new Bounds(50, Optional.empty())));
        assertThat(Guard.heldRemovals(fleet.state(), RecordType.A))
                .containsExactly(
                        new Guard.HeldRemoval(
                                US_EAST,
                                Fleet.stamp(7),
                                List.of(
                                        new Breach(
                                                fleet.service().id(),
                                                RecordType.A,
                                                KEEP_CAPACITY,
                                                33,
                                                50,
                                                Optional.empty()))));
    }

    @Test
    void theSecondThatFallsInAWindowIsHeldAndOneAfterItIsNot() {
        threeRegions().minUp(100).guard(automation(new Velocity(1, 100, Duration.ofSeconds(60))));
        fleet.downSince(100, EU_2).downSince(159, US_2);
        assertThat(Guard.held(fleet.state(), RecordType.A)).containsExactly(US_EAST);
        fleet.downSince(160, US_2);
        assertThat(Guard.held(fleet.state(), RecordType.A)).isEmpty();
    }

    @Test
    void aDeadRegionIsNotHeldByAnyLimit() {
        threeRegions().guard(new GuardLimits(3, Bounds.NONE, new Bounds(100, ONE_AN_HOUR)));
        fleet.downSince(100, EU).downSince(100, EU_2).downSince(101, US).downSince(101, US_2);
        assertThat(Guard.held(fleet.state(), RecordType.A)).isEmpty();
    }

    @Test
    void aConfirmationLetsGoWhatFellBeforeItAndNothingElse() {
        threeRegions().minUp(100).guard(new GuardLimits(3, Bounds.NONE, Bounds.NONE));
        fleet.downSince(10, EU_2).downSince(12, US_2).confirm(11, EU_WEST).confirm(11, US_EAST);
        assertThat(Guard.held(fleet.state(), RecordType.A)).containsExactly(US_EAST);
    }

    @Test
    void whatIsLetGoStaysLetGoWhenMoreOfItFalls() {
        fleet.minUp(100).downSince(10, EU).downSince(10, US).up(US_2).confirm(11, US_EAST);
        assertThat(Guard.held(fleet.state(), RecordType.A)).isEmpty();
        fleet.with(US_EAST, "198.51.100.12").downSince(20, "198.51.100.12");
        assertThat(Guard.held(fleet.state(), RecordType.A)).isEmpty();
    }

    /// A third region whose endpoints are up, as all others are.
    private Fleet threeRegions() {
        return fleet.with(AP_SOUTH, AP).up(US, US_2, EU, EU_2, AP);
    }

    private static GuardLimits drains(int keepCapacity, Velocity velocity) {
        return new GuardLimits(1, new Bounds(keepCapacity, Optional.of(velocity)), Bounds.NONE);
    }

    private static GuardLimits automation(Velocity velocity) {
        return new GuardLimits(1, Bounds.NONE, new Bounds(0, Optional.of(velocity)));
    }

    private List<Breach> drainOf(RegionId region) {
        return drainOf(region, 1000);
    }

    private List<Breach> drainOf(RegionId region, int when) {
        return Guard.breaches(List.of(fleet.state()), region, Fleet.stamp(when));
    }
}
