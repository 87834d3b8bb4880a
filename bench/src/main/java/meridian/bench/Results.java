package meridian.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/// What each round gave of each server.
final class Results {

    private final SequencedMap<Cell, List<Double>> values = new LinkedHashMap<>();

    /// @param server its name
    record Cell(String server, Measure measure) {}

    void add(Cell cell, double value) {
        values.computeIfAbsent(cell, _ -> new ArrayList<>()).add(value);
    }

    /// Round by round; none if it was not measured. Where a round gave nothing there is no number
    /// (NaN).
    List<Double> rounds(Cell cell) {
        return List.copyOf(values.getOrDefault(cell, List.of()));
    }

    Optional<Median> median(Cell cell) {
        List<Double> all = rounds(cell).stream().filter(Double::isFinite).toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(Median.of(all));
    }

    /// In the order in which they were measured first.
    Set<String> servers() {
        return values.keySet().stream()
                .map(Cell::server)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    Set<Measure> measures() {
        return values.keySet().stream().map(Cell::measure).collect(Collectors.toSet());
    }

    static Results of(Map<Cell, List<Double>> values) {
        var results = new Results();
        values.forEach((cell, all) -> all.forEach(value -> results.add(cell, value)));
        return results;
    }
}
