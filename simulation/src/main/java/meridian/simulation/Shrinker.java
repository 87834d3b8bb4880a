package meridian.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Finds the shortest schedule that still breaks the same invariant: leaves out halves, quarters
/// and so on, down to single faults, as long as it does (delta debugging; Zeller and Hildebrandt,
/// 2002).
final class Shrinker {

    /// Runs that one failure is worth.
    private static final int MOST_RUNS = 400;

    private final Scenario scenario;
    private final Supplier<Parts> parts;
    private final Invariant wanted;
    private int runs;

    private Shrinker(Scenario scenario, Supplier<Parts> parts, Invariant wanted) {
        this.scenario = scenario;
        this.parts = parts;
        this.wanted = wanted;
    }

    /// @param violation what running `schedule` came to
    static List<Fault> shrink(
            Scenario scenario, List<Fault> schedule, Violation violation, Supplier<Parts> parts) {
        var shrinker = new Shrinker(scenario, parts, violation.invariant());
        List<Fault> before =
                schedule.stream().filter(fault -> fault.at() <= violation.at()).toList();
        return shrinker.shrink(shrinker.stillBreaks(before) ? before : schedule);
    }

    private List<Fault> shrink(List<Fault> schedule) {
        List<Fault> shortest = schedule;
        int size = Math.max(1, shortest.size() / 2);
        while (runs < MOST_RUNS) {
            Optional<List<Fault>> shorter = without(shortest, size);
            if (shorter.isEmpty() && size == 1) return shortest;
            shortest = shorter.orElse(shortest);
            if (shorter.isEmpty()) size /= 2;
            size = Math.clamp(size, 1, Math.max(1, shortest.size()));
        }
        return shortest;
    }

    /// The schedule without some `size` neighbours, if it breaks the invariant without them.
    private Optional<List<Fault>> without(List<Fault> schedule, int size) {
        for (int from = 0; from < schedule.size(); from += size) {
            var rest = new ArrayList<>(schedule);
            rest.subList(from, Math.min(schedule.size(), from + size)).clear();
            if (stillBreaks(rest)) return Optional.of(rest);
        }
        return Optional.empty();
    }

    private boolean stillBreaks(List<Fault> schedule) {
        runs++;
        return Simulation.run(scenario, schedule, parts, Story.untold())
                .filter(violation -> violation.invariant() == wanted)
                .isPresent();
    }
}
