package meridian.dns.ready;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import meridian.health.WatchKey;
import meridian.steering.Latch;
import meridian.topology.Endpoint;
import meridian.topology.Pool;
import meridian.topology.Service;
import org.junit.jupiter.api.Test;

/// Against a look through all services, of random fleets.
class WatchedTest {

    @Test
    void aKeyIsOfTheEndpointsWhoseProbesAreTheSame() {
        ofRandomFleets(
                serving -> {
                    for (WatchKey key : serving.keys()) {
                        List<WatchedEndpoint> found = endpoints(serving, key);
                        assertThat(serving.endpoints(key)).isEqualTo(found);
                        assertThat(serving.probed(key))
                                .isEqualTo(found.getFirst().endpoint().probed());
                    }
                });
    }

    @Test
    void everyServiceThatHasTheKeyIsConcerned() {
        ofRandomFleets(
                serving -> {
                    for (WatchKey key : serving.watched().keys())
                        assertThat(serving.watched().services(List.of(key)))
                                .isEqualTo(services(serving, key));
                });
    }

    @Test
    void whatNobodyWatchesConcernsNone() {
        ofRandomFleets(
                serving -> {
                    var other = new WatchKey(1);
                    assertThat(serving.watched().has(other)).isFalse();
                    assertThat(serving.probed(other)).isEmpty();
                    assertThat(serving.endpoints(other)).isEmpty();
                    assertThat(serving.watched().services(List.of(other)).isEmpty()).isTrue();
                });
    }

    private static void ofRandomFleets(Consumer<Serving> check) {
        for (long seed = 0; seed < 30; seed++) {
            var fleet = new RandomFleet(new Random(seed));
            check.accept(Serving.of(fleet.topology(), RandomFleet.zones(), fleet.atlas()));
        }
    }

    private static List<WatchedEndpoint> endpoints(Serving serving, WatchKey key) {
        var found = new ArrayList<WatchedEndpoint>();
        for (Service service : serving.services())
            for (Pool pool : service.pools())
                for (Endpoint endpoint : pool.endpoints())
                    if (key(service, endpoint).equals(Optional.of(key)))
                        found.add(new WatchedEndpoint(service, pool, endpoint));
        return found;
    }

    private static BitSet services(Serving serving, WatchKey key) {
        var found = new BitSet();
        IntStream.range(0, serving.services().size())
                .filter(i -> isOf(serving.services().get(i), key))
                .forEach(found::set);
        return found;
    }

    private static boolean isOf(Service service, WatchKey key) {
        boolean isProbed =
                service.pools().stream()
                        .flatMap(pool -> pool.endpoints().stream())
                        .anyMatch(endpoint -> key(service, endpoint).equals(Optional.of(key)));
        return isProbed || new Latch(service).keys().contains(key);
    }

    private static Optional<WatchKey> key(Service service, Endpoint endpoint) {
        return service.monitor().flatMap(monitor -> WatchKey.of(endpoint, monitor));
    }
}
