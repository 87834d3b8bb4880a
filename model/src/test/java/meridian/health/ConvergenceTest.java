package meridian.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import meridian.time.HybridTime;
import meridian.topology.Agreement;
import meridian.topology.NodeId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Three nodes that hear some of what the others say, late and in any order, hold the same verdicts
/// once they have heard all of it.
class ConvergenceTest {

    private static final Set<WatchKey> KEYS = Set.of(new WatchKey(1), new WatchKey(2));
    private static final Quorum QUORUM = Hearing.quorum("n0@eu", "n1@us", "n2@us");
    private static final List<Health> HEALTHS = List.of(Health.values());
    private static final long SECOND = 1_000_000_000L;
    private static final int FLEETS_PER_SEED = 100;

    static IntStream seeds() {
        return IntStream.range(0, 30);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void onceAllIsExchangedAllHoldTheSame(int seed) {
        for (int i = 0; i < FLEETS_PER_SEED; i++) {
            int exact = seed * FLEETS_PER_SEED + i;
            List<Member> fleet = wanderedApart(new Random(exact));
            fleet.forEach(member -> member.reports(fleet));
            exchangeAll(fleet);
            exchangeAll(fleet);
            for (Member member : fleet) {
                assertThat(member.tally.verdicts())
                        .as("seed %d, %s", exact, member.id)
                        .isEqualTo(fleet.getFirst().tally.verdicts());
            }
            assertThatNothingMovesAnyMore(fleet, exact);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void mergingIsCommutativeAssociativeAndIdempotent(int seed) {
        for (int i = 0; i < FLEETS_PER_SEED; i++) {
            int exact = seed * FLEETS_PER_SEED + i;
            List<Member> fleet = wanderedApart(new Random(exact));
            Tally a = fleet.get(0).tally;
            Tally b = fleet.get(1).tally;
            Tally c = fleet.get(2).tally;
            assertThat(merged(a, b)).as("seed %d", exact).isEqualTo(merged(b, a));
            assertThat(merged(a.merged(b.verdicts()), c))
                    .isEqualTo(merged(a, b.merged(c.verdicts())));
            assertThat(a.merged(a.verdicts())).isSameAs(a);
        }
    }

    private static Map<WatchKey, Verdict> merged(Tally one, Tally other) {
        return one.merged(other.verdicts()).verdicts();
    }

    private static void assertThatNothingMovesAnyMore(List<Member> fleet, int seed) {
        List<Trie<WatchKey, Verdict>> before =
                fleet.stream().map(member -> member.tally.verdicts()).toList();
        exchangeAll(fleet);
        assertThat(fleet.stream().map(member -> member.tally.verdicts()).toList())
                .as("seed %d", seed)
                .isEqualTo(before);
    }

    private static void exchangeAll(List<Member> fleet) {
        for (Member from : fleet) for (Member to : fleet) to.merges(from);
        fleet.forEach(Member::counts);
    }

    private static List<Member> wanderedApart(Random random) {
        List<Member> fleet =
                IntStream.range(0, 3).mapToObj(i -> new Member("n" + i, random)).toList();
        for (int step = 0; step < 60; step++) {
            Member one = fleet.get(random.nextInt(3));
            Member other = fleet.get(random.nextInt(3));
            switch (random.nextInt(6)) {
                case 0 -> one.looks(random);
                case 1 -> one.tells(other, random);
                case 2, 3 -> one.merges(other);
                case 4 -> one.counts();
                default -> {
                    long nanos = random.nextInt(10) == 0 ? 301 * SECOND : random.nextLong(SECOND);
                    fleet.forEach(member -> member.nanos += nanos);
                }
            }
        }
        return fleet;
    }

    /// A node with a monotonic clock that began anywhere and a wall clock that stands still.
    private static final class Member {

        private final NodeId id;
        private final long wall;
        private final List<Report> said = new ArrayList<>();
        private final Map<WatchKey, Opinion> opinions = new HashMap<>();
        private HybridTime clock = HybridTime.ZERO;
        private Tally tally = Tally.EMPTY;
        private long nanos;

        Member(String name, Random random) {
            id = new NodeId(name);
            wall = random.nextInt(3);
            nanos = random.nextLong();
        }

        void looks(Random random) {
            Health health = HEALTHS.get(random.nextInt(3));
            opinions.put(new WatchKey(1 + random.nextInt(2)), new Opinion(health, time(), ""));
            report(random.nextInt(8) == 0);
        }

        void tells(Member other, Random random) {
            if (said.isEmpty()) return;
            other.hears(said.get(random.nextInt(said.size())));
        }

        void reports(List<Member> fleet) {
            report(false);
            var order = new ArrayList<>(fleet);
            Collections.shuffle(order, new Random(wall));
            order.forEach(member -> member.hears(said.getLast()));
        }

        void merges(Member other) {
            clock = clock.max(other.clock);
            tally = tally.merged(other.tally.verdicts());
        }

        void counts() {
            tally = tally.counted(KEYS, QUORUM, Agreement.DEFAULT, nanos, time(), id);
        }

        private void report(boolean abstains) {
            said.add(new Report(id, 1, said.size(), abstains, opinions));
            hears(said.getLast());
        }

        private void hears(Report report) {
            tally = tally.heard(report, nanos);
        }

        private HybridTime time() {
            clock = clock.next(wall);
            return clock;
        }
    }
}
