package meridian.steering;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import meridian.health.Health;
import meridian.health.Verdict;
import meridian.record.RecordType;
import meridian.time.Stamp;
import meridian.topology.Endpoint;
import meridian.topology.GuardLimits;
import meridian.topology.GuardLimits.Bounds;
import meridian.topology.GuardLimits.Velocity;
import meridian.topology.Pool;
import meridian.topology.RegionId;
import meridian.topology.Service;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The guard over random sequences of verdicts, drains and confirmations that come and go.
class GuardPropertyTest {

    private static final RecordType A = RecordType.A;

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatTheGuardAdmitsExceedsNoLimit(int seed) {
        var story = new Story(new Random(seed));
        for (int turn = 0; turn < 40; turn++) {
            story.turn();
            ServiceState state = story.state();
            assertThat(excesses(state)).as("seed %d, turn %d", seed, turn).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whoKnowsTheSameHoldsTheSameInWhateverOrderItCame(int seed) {
        var random = new Random(seed);
        var story = new Story(random);
        for (int turn = 0; turn < 40; turn++) {
            story.turn();
            assertThat(Guard.heldRemovals(story.shuffled(), A))
                    .as("seed %d, turn %d", seed, turn)
                    .isEqualTo(Guard.heldRemovals(story.state(), A));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theGuardHoldsOnlyWhatStillServes(int seed) {
        var story = new Story(new Random(seed));
        for (int turn = 0; turn < 40; turn++) {
            story.turn();
            ServiceState state = story.state();
            Set<RegionId> held = Guard.held(state, A);
            assertThat(state.pools(A))
                    .as("seed %d, turn %d", seed, turn)
                    .filteredOn(pool -> held.contains(pool.pool().region()))
                    .hasSameSizeAs(held)
                    .allMatch(pool -> pool.isPartlyUp(A) && !pool.drained());
        }
    }

    /// What an admitted removal has broken, worked out anew and all at once.
    private static List<String> excesses(ServiceState state) {
        Set<RegionId> held = Guard.held(state, A);
        List<PoolState> serving =
                state.pools(A).stream().filter(pool -> serves(pool, held)).toList();
        List<PoolState> gone =
                state.pools(A).stream().filter(pool -> !serving.contains(pool)).toList();
        GuardLimits limits = state.service().guard();
        var excesses = new ArrayList<String>();
        for (PoolState pool : gone) {
            if (asksNobody(pool)) continue;
            if (serving.size() < limits.keepRegions()) excesses.add("too few regions: " + pool);
            if (capacity(serving) * 100
                    < limits.automation().keepCapacity() * capacity(state.pools(A)))
                excesses.add("too little capacity: " + pool);
            limits.automation()
                    .velocity()
                    .filter(velocity -> isTooFast(pool, gone, velocity, capacity(state.pools(A))))
                    .ifPresent(_ -> excesses.add("too fast: " + pool));
        }
        return excesses;
    }

    private static boolean serves(PoolState pool, Set<RegionId> held) {
        return !pool.drained()
                && (pool.health(A) != Health.DOWN || held.contains(pool.pool().region()));
    }

    private static boolean asksNobody(PoolState pool) {
        return pool.drained()
                || !pool.isPartlyUp(A)
                || pool.isConfirmed(pool.fell(A).orElseThrow());
    }

    private static boolean isTooFast(
            PoolState last, List<PoolState> gone, Velocity velocity, long total) {
        List<PoolState> window =
                gone.stream()
                        .filter(pool -> left(pool).compareTo(left(last)) <= 0)
                        .filter(
                                pool ->
                                        left(last).time().millis() - left(pool).time().millis()
                                                < velocity.per().toMillis())
                        .toList();
        return window.size() > velocity.regions()
                || capacity(window) * 100 > velocity.capacity() * total;
    }

    private static Stamp left(PoolState pool) {
        return pool.wishes().drained().orElseGet(() -> pool.fell(A).orElseThrow());
    }

    private static long capacity(List<PoolState> pools) {
        return pools.stream().mapToLong(PoolState::capacity).sum();
    }

    /// A service and what becomes of it, one event a turn. No two events have one stamp.
    private static final class Story {

        private static final Service SHOP = new Fleet().with(Fleet.US_EAST, "192.0.2.1").service();

        private final Random random;
        private final List<Pool> pools;
        private final Map<RegionId, Integer> capacities = new HashMap<>();
        private final GuardLimits guard;
        private final Map<Endpoint, Verdict> verdicts = new HashMap<>();
        private final Map<RegionId, Wishes> wishes = new HashMap<>();
        private int seconds;

        Story(Random random) {
            this.random = random;
            int regions = 1 + random.nextInt(6);
            this.pools = IntStream.range(0, regions).mapToObj(this::pool).toList();
            this.guard =
                    new GuardLimits(
                            1 + random.nextInt(3),
                            Bounds.OF_DRAINS,
                            new Bounds(random.nextInt(101), velocity()));
            pools.forEach(pool -> capacities.put(pool.region(), 1 + random.nextInt(300)));
        }

        private Optional<Velocity> velocity() {
            if (random.nextBoolean()) return Optional.empty();
            return Optional.of(
                    new Velocity(
                            1 + random.nextInt(3),
                            1 + random.nextInt(100),
                            Duration.ofSeconds(1 + random.nextInt(60))));
        }

        private Pool pool(int number) {
            List<Endpoint> endpoints =
                    IntStream.rangeClosed(1, 1 + random.nextInt(4))
                            .mapToObj(i -> Fleet.endpoint("10.0." + number + "." + i, 1, ""))
                            .toList();
            return new Pool(new RegionId("r" + number), random.nextInt(101), endpoints);
        }

        void turn() {
            seconds += 1 + random.nextInt(20);
            Stamp now = Fleet.stamp(seconds);
            Pool pool = pools.get(random.nextInt(pools.size()));
            Wishes before = wishes.getOrDefault(pool.region(), Wishes.NONE);
            switch (random.nextInt(12)) {
                case 0 ->
                        wishes.put(pool.region(), new Wishes(Optional.of(now), before.confirmed()));
                case 1 ->
                        wishes.put(pool.region(), new Wishes(Optional.empty(), before.confirmed()));
                case 2 -> wishes.put(pool.region(), new Wishes(before.drained(), Optional.of(now)));
                default -> judge(pool, now);
            }
        }

        private void judge(Pool pool, Stamp now) {
            Endpoint endpoint = pool.endpoints().get(random.nextInt(pool.endpoints().size()));
            Health health = random.nextInt(3) == 0 ? Health.DOWN : Health.UP;
            verdicts.put(endpoint, new Verdict(random.nextBoolean() ? Health.DOWN : health, now));
        }

        ServiceState state() {
            return state(pools);
        }

        ServiceState shuffled() {
            var other = new ArrayList<>(pools);
            Collections.shuffle(other, random);
            return state(other);
        }

        private ServiceState state(List<Pool> ordered) {
            var service =
                    new Service(
                            SHOP.id(),
                            SHOP.names(),
                            SHOP.ttl(),
                            SHOP.answers(),
                            SHOP.monitor(),
                            ordered,
                            SHOP.policy(),
                            SHOP.allDown(),
                            guard);
            return new ServiceState(service, ordered.stream().map(this::state).toList());
        }

        private PoolState state(Pool pool) {
            return new PoolState(
                    pool,
                    capacities.getOrDefault(pool.region(), 1),
                    false,
                    wishes.getOrDefault(pool.region(), Wishes.NONE),
                    pool.endpoints().stream()
                            .map(
                                    endpoint ->
                                            new PoolState.Measured(
                                                    endpoint,
                                                    Optional.ofNullable(verdicts.get(endpoint))))
                            .toList());
        }
    }
}
