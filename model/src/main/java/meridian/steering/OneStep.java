package meridian.steering;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import meridian.steering.Eligibility.Liked;
import meridian.steering.Eligibility.Pick;
import meridian.topology.RegionId;

/// One region, drawn among those of the client's first step.
record OneStep() implements Breadth {

    @Override
    public Optional<Plan> eligible(List<Liked> liked) {
        return Eligibility.best(liked)
                .map(pick -> ramped(plan(pick, Source.Serving::new), pick.tier(), liked));
    }

    /// What climbs leaves a part of its clients to those who would have them without it: to what is
    /// up, and never to what is unknown or waits.
    private Plan ramped(Plan whole, List<Liked> tier, List<Liked> liked) {
        List<Liked> climbing = tier.stream().filter(one -> one.pool().percent() < 100).toList();
        if (climbing.isEmpty()) return whole;
        List<Liked> others = liked.stream().filter(one -> !climbing.contains(one)).toList();
        var percents =
                climbing.stream()
                        .map(Liked::pool)
                        .collect(Collectors.toMap(Standing::region, Standing::percent));
        return eligible(others)
                .filter(plan -> plan.reason().isOfUp())
                .map(plan -> whole.climbing(percents, plan))
                .orElse(whole);
    }

    @Override
    public Plan failingOpen(Reason reason, List<Liked> liked) {
        return plan(Eligibility.failingOpen(reason, liked), Source.Whole::new);
    }

    private static Plan plan(Pick pick, Function<RegionId, Source> source) {
        return new Plan(
                pick.reason(),
                pick.tier().stream()
                        .map(one -> new Plan.Share(source.apply(one.pool().region()), one.weight()))
                        .toList());
    }
}
