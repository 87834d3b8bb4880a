package meridian.bench;

import java.util.List;

/// The middle of what some rounds gave, between its ends.
record Median(double lowest, double middle, double highest) {

    /// @param values at least one
    static Median of(List<Double> values) {
        if (values.isEmpty()) throw new IllegalArgumentException("there is no median of nothing");
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        double middle =
                sorted.size() % 2 == 1
                        ? sorted.get(half)
                        : (sorted.get(half - 1) + sorted.get(half)) / 2;
        return new Median(sorted.getFirst(), middle, sorted.getLast());
    }
}
