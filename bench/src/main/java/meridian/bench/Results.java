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

    /// Round by round; none if it was not measured.
    List<Double> rounds(Cell cell) {
        return List.copyOf(values.getOrDefault(cell, List.of()));
    }

    Optional<Median> median(Cell cell) {
        return Optional.of(rounds(cell)).filter(all -> !all.isEmpty()).map(Median::of);
    }

    /// In the order in which they were measured first.
    Set<String> servers() {
        return values.keySet().stream()
                .map(Cell::server)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static Results of(Map<Cell, List<Double>> values) {
        var results = new Results();
        values.forEach((cell, all) -> all.forEach(value -> results.add(cell, value)));
        return results;
    }
}
