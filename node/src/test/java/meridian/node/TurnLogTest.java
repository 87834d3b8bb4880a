package meridian.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import meridian.dns.ready.WatchedEndpoint;
import meridian.topology.Pool;
import meridian.topology.Service;
import org.junit.jupiter.api.Test;

class TurnLogTest {

    private static final String SHOP = "shop us-east 198.51.100.10";

    private final Service service = new SmallFleet(1).edition().states().getFirst().service();

    @Test
    void whatTurnedIsToldByServiceRegionAndAddress() {
        assertThat(TurnLog.subjects(times(2))).isEqualTo(SHOP + ", " + SHOP);
    }

    @Test
    void ofAProbeOfManyServicesTheFirstAreToldAndHowManyMore() {
        assertThat(TurnLog.subjects(times(10))).endsWith(", " + SHOP);
        assertThat(TurnLog.subjects(times(4_000))).hasSizeLessThan(400).endsWith(" and 3990 more");
    }

    private List<WatchedEndpoint> times(int count) {
        Pool pool = service.pools().getFirst();
        var endpoint = new WatchedEndpoint(service, pool, pool.endpoints().getFirst());
        return Collections.nCopies(count, endpoint);
    }
}
