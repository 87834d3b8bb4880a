package meridian.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import meridian.config.SteerSection.WrittenRule;
import meridian.config.SteerSection.WrittenStep;
import meridian.config.source.Problems;
import meridian.record.RecordType;
import meridian.topology.RegionId;
import meridian.topology.Service;
import meridian.topology.Step;

/// What a policy may not contain: a rule or a step that never decides anything, a region where the
/// service is not, a fence behind which a record type is missing.
final class SteerChecks {

    private final Problems problems;

    SteerChecks(Problems problems) {
        this.problems = problems;
    }

    /// @param served the regions that the service has a pool in, readable or not
    void check(Service service, Set<RegionId> served, List<WrittenRule> rules) {
        new ShadowChecks(problems).check(rules);
        for (WrittenRule rule : rules) {
            rule.steps().forEach(step -> checkServed(service, step, served));
            checkReachable(rule, served);
            if (rule.rule().fence()) checkFence(service, rule, served);
        }
        warnOfUnreachablePools(service, rules, served);
    }

    private void checkServed(Service service, WrittenStep step, Set<RegionId> served) {
        for (RegionId region : named(step.step())) {
            if (served.contains(region)) continue;
            String pools =
                    served.stream().sorted().map(RegionId::name).collect(Collectors.joining(", "));
            problems.refuse(
                    step.at().at(),
                    "service " + service.id() + " has no pool in " + region,
                    "its pools are in " + pools);
        }
    }

    /// A member of a weighted set may come again as a step of its own: "5% there, and all of it
    /// when the others are gone" is how people write a canary.
    private void checkReachable(WrittenRule rule, Set<RegionId> served) {
        var taken = new HashSet<RegionId>();
        for (WrittenStep step : rule.steps()) {
            Set<RegionId> wanted = wanted(step.step(), served);
            if (!wanted.isEmpty() && taken.containsAll(wanted))
                problems.refuse(
                        step.at().at(),
                        "can never be reached: earlier steps name "
                                + (wanted.size() == 1
                                        ? wanted.iterator().next() + " already"
                                        : "all of its regions already"),
                        "each region once is accepted");
            if (takesAll(step.step())) taken.addAll(wanted);
        }
    }

    private static boolean takesAll(Step step) {
        return switch (step) {
            case Step.OneRegion _ -> true;
            case Step.Weighted _ -> false;
            case Step.Nearest(_, var within) -> within.isEmpty();
        };
    }

    private static List<RegionId> named(Step step) {
        return switch (step) {
            case Step.OneRegion(var region) -> List.of(region);
            case Step.Weighted(var weights) -> List.copyOf(weights.sequencedKeySet());
            case Step.Nearest(var among, _) -> among;
        };
    }

    private static Set<RegionId> wanted(Step step, Set<RegionId> served) {
        boolean all = step instanceof Step.Nearest(var among, _) && among.isEmpty();
        return all ? served : Set.copyOf(named(step));
    }

    private static Set<RegionId> wanted(WrittenRule rule, Set<RegionId> served) {
        return rule.steps().stream()
                .flatMap(step -> wanted(step.step(), served).stream())
                .collect(Collectors.toSet());
    }

    private void checkFence(Service service, WrittenRule rule, Set<RegionId> served) {
        Set<RegionId> inside = wanted(rule, served);
        for (RecordType type : service.types()) {
            boolean has =
                    service.pools().stream()
                            .anyMatch(pool -> inside.contains(pool.region()) && pool.has(type));
            if (has) continue;
            problems.refuse(
                    rule.at().at(),
                    "fences clients in where service "
                            + service.id()
                            + " has no "
                            + type
                            + ", which it has elsewhere",
                    "an endpoint with "
                            + type
                            + " in one of its regions, or no fence, is accepted");
        }
    }

    private void warnOfUnreachablePools(
            Service service, List<WrittenRule> rules, Set<RegionId> served) {
        boolean closed =
                rules.stream().allMatch(rule -> rule.rule().fence())
                        && rules.stream().anyMatch(rule -> rule.rule().clients().isEmpty());
        if (!closed) return;
        var outside = new ArrayList<>(served);
        rules.forEach(rule -> outside.removeAll(wanted(rule, served)));
        for (RegionId region : outside.stream().sorted().toList())
            problems.warn(
                    rules.getFirst().at().at(),
                    "no client ever gets to the pool of service "
                            + service.id()
                            + " in "
                            + region
                            + ": every rule is a fence, and none names it",
                    "a rule without fence, or one that names it, reaches it");
    }
}
