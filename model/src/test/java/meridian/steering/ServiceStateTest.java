package meridian.steering;

import static meridian.steering.Fleet.EU_WEST;
import static meridian.steering.Fleet.US_EAST;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import meridian.health.Health;
import meridian.record.RecordType;
import meridian.topology.Destination;
import meridian.topology.Endpoint;
import meridian.topology.Network;
import org.junit.jupiter.api.Test;

class ServiceStateTest {

    private static final String SHARED = "192.0.2.1";

    @Test
    void anAddressInTwoPoolsHasOneVerdictInBoth() {
        var state = new Fleet().with(US_EAST, SHARED).with(EU_WEST, SHARED).down(SHARED).state();
        assertThat(state.pools()).allMatch(pool -> pool.health(RecordType.A) == Health.DOWN);
    }

    @Test
    void anEndpointProbedElsewhereHasTheVerdictOfThatAddress() {
        var probedElsewhere =
                new Endpoint(
                        new Destination.Address(Network.addressOf("192.0.2.9")),
                        1,
                        Optional.empty(),
                        Optional.of(Network.addressOf(SHARED)));
        var state = new Fleet().with(EU_WEST, probedElsewhere).down(SHARED).up("192.0.2.9").state();
        assertThat(state.pools().getFirst().health(RecordType.A)).isEqualTo(Health.DOWN);
    }

    @Test
    void theFamiliesOfOnePoolAreJudgedByThemselves() {
        var state = new Fleet().with(EU_WEST, SHARED, "2001:db8::1").down(SHARED).state();
        PoolState pool = state.pools().getFirst();
        assertThat(pool.health(RecordType.A)).isEqualTo(Health.DOWN);
        assertThat(pool.health(RecordType.AAAA)).isEqualTo(Health.UNKNOWN);
        assertThat(state.pools(RecordType.CNAME)).isEmpty();
    }
}
