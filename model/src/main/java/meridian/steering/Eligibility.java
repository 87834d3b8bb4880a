package meridian.steering;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import meridian.health.Health;

/// The order of eligibility: see [Steering].
final class Eligibility {

    private Eligibility() {}

    /// A pool in a client's order: of one tier, by weight.
    record Liked(int tier, int weight, Standing pool) {}

    /// The pools of one tier that a client may get, and why these.
    record Pick(Reason reason, List<Liked> tier) {

        /// What waits is called so on two lines: that of what is up, and that of the unknown.
        boolean isOfLineOf(Pick other) {
            return reason == other.reason && health() == other.health();
        }

        private Health health() {
            return tier.getFirst().pool().health();
        }
    }

    /// A line of the order: which pools, and how the answer is then called.
    private record Line(Reason reason, Predicate<Standing> holds) {}

    private static final List<Line> LINES =
            List.of(
                    line(Reason.ACTIVE, Health.UP, false),
                    line(Reason.ACTIVE_UNKNOWN, Health.UNKNOWN, false),
                    line(Reason.STANDBY, Health.UP, true),
                    line(Reason.STANDBY_UNKNOWN, Health.UNKNOWN, true),
                    waiting(Health.UP),
                    waiting(Health.UNKNOWN));

    private static Line line(Reason reason, Health health, boolean standby) {
        return new Line(
                reason,
                pool -> pool.standby() == standby && !pool.waits() && pool.health() == health);
    }

    private static Line waiting(Health health) {
        return new Line(Reason.WAITING, pool -> pool.waits() && pool.health() == health);
    }

    static List<Liked> liked(Situation situation, Preference preference) {
        return preference.ranks().stream()
                .flatMap(
                        rank ->
                                situation
                                        .standing(rank.region())
                                        .map(pool -> new Liked(rank.tier(), rank.weight(), pool))
                                        .stream())
                .toList();
    }

    /// The most liked tier of the first line that has any pool.
    static Optional<Pick> best(List<Liked> liked) {
        return LINES.stream().flatMap(line -> best(line, liked).stream()).findFirst();
    }

    private static Optional<Pick> best(Line line, List<Liked> liked) {
        return firstTier(liked, line.holds()).map(tier -> new Pick(line.reason(), tier));
    }

    /// The most liked tier whatever was measured, with standbys only where there is nothing else.
    static Pick failingOpen(Reason reason, List<Liked> liked) {
        boolean allStandby = liked.stream().allMatch(one -> one.pool().standby());
        return new Pick(
                reason, firstTier(liked, pool -> allStandby || !pool.standby()).orElseThrow());
    }

    private static Optional<List<Liked>> firstTier(
            List<Liked> liked, Predicate<Standing> eligible) {
        return liked.stream()
                .filter(one -> eligible.test(one.pool()))
                .findFirst()
                .map(
                        first ->
                                liked.stream()
                                        .filter(
                                                one ->
                                                        one.tier() == first.tier()
                                                                && eligible.test(one.pool()))
                                        .toList());
    }
}
