package meridian.dns.ready;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import meridian.steering.Outlook;
import meridian.steering.Plan;
import meridian.steering.Preference;
import meridian.steering.Reason;
import meridian.steering.Source;
import meridian.steering.Steering;
import meridian.topology.RegionId;

/// What each location class gets of every service that has one outlook.
final class ClassPlans {

    private final List<Plan> plans;
    private final List<Source> sources;

    /// By class and share, where among the sources it comes from.
    private final int[][] positions;

    private final Set<Reason> reasons;
    private final Set<RegionId> regions;

    private ClassPlans(List<Plan> plans, List<Source> first) {
        this.plans = plans;
        var found = new LinkedHashSet<>(first);
        for (Plan plan : plans) plan.shares().forEach(share -> found.add(share.source()));
        this.sources = List.copyOf(found);
        this.positions = plans.stream().map(this::positions).toArray(int[][]::new);
        this.reasons = plans.stream().map(Plan::reason).collect(Collectors.toUnmodifiableSet());
        this.regions =
                plans.stream()
                        .flatMap(plan -> plan.shares().stream())
                        .flatMap(share -> share.source().regions().stream())
                        .collect(Collectors.toUnmodifiableSet());
    }

    /// Classes that get the same share one plan.
    static ClassPlans of(Outlook outlook, List<Preference> preferences) {
        var plans = new ArrayList<Plan>(preferences.size());
        for (Preference preference : preferences) {
            Plan plan = Steering.plan(outlook, preference);
            int same = plans.indexOf(plan);
            plans.add(same < 0 ? plan : plans.get(same));
        }
        return new ClassPlans(List.copyOf(plans), outlook.alone());
    }

    private int[] positions(Plan plan) {
        return plan.shares().stream().mapToInt(share -> sources.indexOf(share.source())).toArray();
    }

    /// Where the answers of all classes come from. First what serves of each pool that may be an
    /// answer alone, whether it is answered or not: what comes back has its records ready, at the
    /// place where they were.
    List<Source> sources() {
        return sources;
    }

    /// Whether a place among the sources has this one.
    boolean isAt(int place, Source source) {
        return place < sources.size() && sources.get(place).equals(source);
    }

    /// The position among the sources that a draw gives a class; -1 for an empty answer.
    int source(int locationClass, long draw) {
        int[] ofClass = positions[locationClass];
        return switch (ofClass.length) {
            case 0 -> -1;
            case 1 -> ofClass[0];
            default -> ofClass[plans.get(locationClass).share(draw)];
        };
    }

    /// By which rules of eligibility.
    Set<Reason> reasons() {
        return reasons;
    }

    Set<RegionId> regions() {
        return regions;
    }
}
