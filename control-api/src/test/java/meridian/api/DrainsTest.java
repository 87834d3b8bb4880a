package meridian.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DrainsTest {

    private static final int ROUNDS = 50;

    /// Each alone is allowed; both would leave `shop` without a region.
    @Test
    void ofTwoDrainsThatAreAskedForAtOnceTheGuardLetsOne() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var fleet = new HandmadeFleet();
            var ids = new AtomicInteger();
            var drains =
                    new Drains(
                            fleet, new Changes(fleet, _ -> {}), () -> "d" + ids.incrementAndGet());
            together(
                    () -> drains.begin(request("us-east")), () -> drains.begin(request("eu-west")));
            assertThat(fleet.intents().entries()).as("round %d", round).hasSize(1);
        }
    }

    private static void together(Runnable... all) throws InterruptedException {
        var barrier = new CyclicBarrier(all.length);
        var threads = new ArrayList<Thread>();
        for (Runnable one : all) threads.add(Thread.ofVirtual().start(() -> run(one, barrier)));
        for (Thread thread : threads) thread.join();
    }

    private static void run(Runnable one, CyclicBarrier barrier) {
        try {
            barrier.await();
            one.run();
        } catch (Refusal refused) {
            assertThat(refused).hasMessageContaining("more than the guard allows");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Request request(String region) {
        return new Request(
                new Caller("local", Role.OPERATOR, InetAddress.getLoopbackAddress()),
                Map.of(),
                Map.<String, List<String>>of(),
                false,
                "{\"region\":\"%s\",\"service\":\"shop\",\"until_removed\":true,\"reason\":\"x\"}"
                        .formatted(region));
    }
}
