package meridian.steering;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import meridian.topology.RegionId;

/// What is decided of an answer before its draw: from which regions it comes, and how often from
/// each. What is in them is looked up later, so one plan is for all services in one [Situation].
///
/// The one place that keeps answers from being empty: without shares there is no plan, but for the
/// reason that nothing is wanted.
///
/// @param shares what is drawn from, each as often as its weight says; empty where, and only where,
///   the reason is [Reason#NO_DATA]
public record Plan(Reason reason, List<Share> shares) {

    /// One region's part, or that of a fallback.
    public record Share(Source source, int weight) {

        public Share {
            if (weight < 1) {
                throw new IllegalArgumentException(
                        "a share of weight " + weight + " is never drawn; 1 or more is accepted");
            }
        }

        private Share weighing(long parts, long of) {
            return new Share(source, (int) Math.max(1, parts / of));
        }

        /// The region, where it is one.
        public Optional<RegionId> region() {
            return source.region();
        }
    }

    /// What the shares of a plan with climbing regions add up to, or nearly.
    private static final long PARTS = 10_000;

    public Plan {
        shares = List.copyOf(shares);
        if (shares.isEmpty() != (reason == Reason.NO_DATA)) {
            throw new IllegalArgumentException(
                    "a plan for the reason "
                            + reason.word()
                            + " has "
                            + shares.size()
                            + " shares; none for no-data and one or more for all others are accepted");
        }
    }

    /// This plan while some of its regions climb.
    ///
    /// @param percents of their clients that these regions have
    /// @param others the plan without them, for everyone else
    Plan climbing(Map<RegionId, Integer> percents, Plan others) {
        long whole = total(shares);
        var mixed = new ArrayList<Share>();
        for (Share share : shares) {
            int percent = share.region().map(region -> percents.getOrDefault(region, 0)).orElse(0);
            if (percent > 0)
                mixed.add(share.weighing(PARTS * share.weight() * percent, whole * 100));
        }
        long left = PARTS - total(mixed);
        long rest = total(others.shares());
        others.shares().forEach(share -> mixed.add(share.weighing(left * share.weight(), rest)));
        return new Plan(reason, mixed);
    }

    private static long total(List<Share> shares) {
        return shares.stream().mapToLong(Share::weight).sum();
    }

    /// What a draw gives of several plans at once: a share for each combination of theirs, as wide
    /// as it is in the range of draws. The reason is the least welcome of theirs.
    static Plan together(List<Plan> plans) {
        Optional<Reason> reason =
                plans.stream()
                        .filter(plan -> !plan.shares().isEmpty())
                        .map(Plan::reason)
                        .max(Comparator.naturalOrder());
        if (reason.isEmpty()) return plans.getFirst();
        var starts = new TreeSet<Integer>();
        plans.forEach(plan -> starts.addAll(plan.starts()));
        var shares = new ArrayList<Share>();
        for (int start : starts) {
            Integer next = starts.higher(start);
            int end = next == null ? Draw.SHARES : next;
            shares.add(new Share(together(plans, start), end - start));
        }
        return new Plan(reason.get(), shares);
    }

    private static Source together(List<Plan> plans, int start) {
        return new Source.Families(
                plans.stream()
                        .map(
                                plan ->
                                        plan.shares().isEmpty()
                                                ? Optional.<Source>empty()
                                                : Optional.of(plan.at(Draw.ofShare(start))))
                        .toList());
    }

    private Source at(long draw) {
        return shares.get(share(draw)).source();
    }

    /// Where in the range of draws each share begins.
    private List<Integer> starts() {
        var starts = new ArrayList<>(List.of(0));
        long whole = total(shares);
        long before = 0;
        for (Share share : shares.subList(0, Math.max(0, shares.size() - 1))) {
            before += share.weight();
            starts.add((int) Math.ceilDiv(before * Draw.SHARES, whole));
        }
        return starts;
    }

    /// Which of the shares a draw gives. A query asks this: an iterator would be its only object.
    public int share(long draw) {
        int total = 0;
        for (int i = 0; i < shares.size(); i++) total += shares.get(i).weight();
        int left = Draw.share(draw, total);
        for (int i = 0; ; i++) {
            left -= shares.get(i).weight();
            if (left < 0) return i;
        }
    }
}
