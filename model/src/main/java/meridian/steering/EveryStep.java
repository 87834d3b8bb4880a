package meridian.steering;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import meridian.steering.Eligibility.Liked;
import meridian.steering.Eligibility.Pick;
import meridian.topology.RegionId;

/// Every region that is as eligible as the first, for the client to try one after the other: a step
/// is what the client would get if those before it were not there, as long as that is by the same
/// line of the order of eligibility.
///
/// @param weighs whether the records have weights: those without say by their order which region of
///   a weighted set is drawn
record EveryStep(boolean weighs) implements Breadth {

    /// Of a draw's range, in percent.
    private static final int ALL = 100;

    /// What the shares of a percent add up to, or nearly.
    private static final int PARTS = 10_000;

    /// What climbs is in the answers to its part of the clients. So a draw says how far a region
    /// must have climbed to be in this answer.
    @Override
    public Optional<Plan> eligible(List<Liked> liked) {
        List<Pick> whole = steps(liked);
        if (whole.isEmpty()) return Optional.empty();
        var shares = new ArrayList<Plan.Share>();
        int below = 0;
        for (int percent : percents(whole)) {
            List<Pick> climbed =
                    steps(liked.stream().filter(one -> one.pool().percent() >= percent).toList());
            List<Pick> told = isOfUp(climbed) ? climbed : left(liked);
            shares.addAll(shares(told, percent - below, Source.Serving::new));
            below = percent;
        }
        return Optional.of(new Plan(whole.getFirst().reason(), shares));
    }

    /// For those clients for whom none has climbed far enough: without the climbing ones of the
    /// first step, as long as others are up. So they are the last one's, as with one step.
    private static List<Pick> left(List<Liked> liked) {
        List<Pick> whole = steps(liked);
        List<Liked> first = whole.getFirst().tier();
        List<Liked> others =
                liked.stream()
                        .filter(one -> !first.contains(one) || one.pool().percent() >= ALL)
                        .toList();
        return others.size() < liked.size() && isOfUp(steps(others)) ? left(others) : whole;
    }

    private static boolean isOfUp(List<Pick> steps) {
        return !steps.isEmpty() && steps.getFirst().reason().isOfUp();
    }

    /// One for all of these steps, or for each region that may be the first of them.
    ///
    /// @param percent of the draws
    private List<Plan.Share> shares(List<Pick> steps, int percent, Function<RegionId, Source> of) {
        List<Liked> first = steps.getFirst().tier();
        if (weighs || first.size() == 1)
            return List.of(new Plan.Share(source(steps, of), PARTS * percent));
        int whole = first.stream().mapToInt(Liked::weight).sum();
        var shares = new ArrayList<Plan.Share>();
        for (Liked one : first) {
            long weight = (long) PARTS * percent * one.weight() / whole;
            shares.add(
                    new Plan.Share(
                            source(beginningWith(one, steps), of), (int) Math.max(1, weight)));
        }
        return shares;
    }

    private static List<Pick> beginningWith(Liked one, List<Pick> steps) {
        Pick whole = steps.getFirst();
        var others = new ArrayList<>(whole.tier());
        others.remove(one);
        var begun = new ArrayList<>(steps);
        begun.set(0, new Pick(whole.reason(), others));
        begun.addFirst(new Pick(whole.reason(), List.of(one)));
        return begun;
    }

    private static TreeSet<Integer> percents(List<Pick> steps) {
        var percents = new TreeSet<>(List.of(ALL));
        for (Pick step : steps) {
            for (Liked one : step.tier()) percents.add(Math.clamp(one.pool().percent(), 1, ALL));
        }
        return percents;
    }

    private static List<Pick> steps(List<Liked> liked) {
        var steps = new ArrayList<Pick>();
        var left = new ArrayList<>(liked);
        for (Optional<Pick> next = Eligibility.best(left);
                next.isPresent() && isOfLine(steps, next.get());
                next = Eligibility.best(left)) {
            steps.add(next.get());
            left.removeAll(next.get().tier());
        }
        return steps;
    }

    private static boolean isOfLine(List<Pick> steps, Pick next) {
        return steps.isEmpty() || steps.getFirst().isOfLineOf(next);
    }

    /// All regions but standbys, or all standbys.
    @Override
    public Plan failingOpen(Reason reason, List<Liked> liked) {
        var steps = new ArrayList<Pick>();
        var left = new ArrayList<>(liked);
        boolean isAllStandby = liked.stream().allMatch(one -> one.pool().standby());
        left.removeIf(one -> one.pool().standby() && !isAllStandby);
        while (!left.isEmpty()) {
            steps.add(Eligibility.failingOpen(reason, left));
            left.removeAll(steps.getLast().tier());
        }
        return new Plan(reason, shares(steps, ALL, Source.Whole::new));
    }

    private static Source source(List<Pick> steps, Function<RegionId, Source> of) {
        var rungs = new ArrayList<Source.Rung>();
        for (int i = 0; i < steps.size(); i++) {
            for (Liked one : steps.get(i).tier())
                rungs.add(new Source.Rung(i + 1, one.weight(), of.apply(one.pool().region())));
        }
        return new Source.Steps(rungs);
    }
}
