package meridian.steering;

import static meridian.steering.Fleet.AP_SOUTH;
import static meridian.steering.Fleet.EU_WEST;
import static meridian.steering.Fleet.US_EAST;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import meridian.health.Health;
import meridian.record.RecordType;
import meridian.topology.GuardLimits;
import meridian.topology.GuardLimits.Bounds;
import meridian.topology.GuardLimits.Velocity;
import org.junit.jupiter.api.Test;

class ProspectsTest {

    private static final String US = "198.51.100.10";
    private static final String EU = "192.0.2.10";
    private static final String EU_2 = "192.0.2.11";
    private static final String AP = "203.0.113.10";

    @Test
    void oneChangeAwayIsARegionOrAnEndpointThatFallsOrComesBack() {
        List<ServiceState> near = Prospects.near(began(fleet -> fleet.down(AP)));
        assertThat(near).anyMatch(state -> isUp(state, EU, EU_2));
        assertThat(near).anyMatch(state -> isUp(state, US));
        assertThat(near).anyMatch(state -> isUp(state, US, EU));
        assertThat(near).anyMatch(state -> isUp(state, US, EU, EU_2, AP));
        assertThat(near).noneMatch(state -> isUp(state, EU));
    }

    @Test
    void whatIsUnknownMayFallOrComeBack() {
        List<ServiceState> near = Prospects.near(new Fleet().with(EU_WEST, EU, EU_2).state());
        assertThat(near).anyMatch(state -> isUp(state, EU));
        assertThat(near).anyMatch(state -> isUp(state, EU, EU_2));
    }

    @Test
    void itMayBeDrainedOrNoLonger() {
        ServiceState drained = began(fleet -> fleet.drain(EU_WEST));
        assertThat(Prospects.near(drained))
                .anyMatch(state -> state.pools().stream().noneMatch(PoolState::drained))
                .anyMatch(state -> state.pool(US_EAST).drained() && state.pool(EU_WEST).drained());
    }

    @Test
    void whatWaitsMayBeLetBack() {
        ServiceState waiting = began(fleet -> fleet.waits(1, EU_WEST));
        assertThat(Prospects.near(waiting))
                .anyMatch(state -> state.pool(EU_WEST).waits(RecordType.A).isEmpty());
    }

    /// What the guard holds, and what it lets go, once the last region to leave did so long ago.
    @Test
    void theGuardMayHoldWhatFallsNowAndNotWhatFallsLater() {
        var limits = new Bounds(0, Optional.of(new Velocity(1, 100, Duration.ofMinutes(10))));
        ServiceState state =
                began(
                        fleet ->
                                fleet.minUp(100)
                                        .guard(new GuardLimits(1, Bounds.NONE, limits))
                                        .down(US));
        assertThat(Prospects.near(state).stream().filter(near -> isUp(near, EU, AP)))
                .extracting(near -> Guard.held(near, RecordType.A).contains(EU_WEST))
                .containsExactlyInAnyOrder(true, false);
    }

    private static ServiceState began(UnaryOperator<Fleet> then) {
        var fleet =
                new Fleet()
                        .with(US_EAST, US)
                        .with(EU_WEST, EU, EU_2)
                        .with(AP_SOUTH, AP)
                        .up(US, EU, EU_2, AP);
        return then.apply(fleet).state();
    }

    /// These, and no others.
    private static boolean isUp(ServiceState state, String... addresses) {
        List<String> up =
                state.pools().stream()
                        .filter(pool -> pool.count(RecordType.A, Health.UP) > 0)
                        .flatMap(pool -> pool.serving(RecordType.A).stream())
                        .map(one -> one.probed().orElseThrow().getHostAddress())
                        .toList();
        return up.size() == addresses.length && up.containsAll(List.of(addresses));
    }
}
