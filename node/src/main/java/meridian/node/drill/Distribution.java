package meridian.node.drill;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Measured durations, and where they lie.
///
/// @param sorted the shortest first; at least one
record Distribution(List<Duration> sorted) {

    private static final int COLUMNS = 16;
    private static final String BARS = " ▁▂▃▄▅▆▇█";

    Distribution {
        if (sorted.isEmpty())
            throw new IllegalArgumentException("nothing was measured, so there is no distribution");
        sorted = sorted.stream().sorted().toList();
    }

    /// The smallest measured value that at least this share of all is not above (nearest rank).
    ///
    /// @param share above 0, up to 1
    Duration quantile(double share) {
        int rank = (int) Math.ceil(share * sorted.size());
        return sorted.get(Math.clamp(rank, 1, sorted.size()) - 1);
    }

    Duration max() {
        return sorted.getLast();
    }

    /// A bar for each sixteenth of the time from 0 to `end`; what is beyond is in the last.
    String histogram(Duration end) {
        var counts = new int[COLUMNS];
        for (Duration each : sorted) {
            long column = each.toNanos() * COLUMNS / Math.max(1, end.toNanos());
            counts[Math.clamp(column, 0, COLUMNS - 1)]++;
        }
        int most = Arrays.stream(counts).max().orElseThrow();
        return Arrays.stream(counts)
                .mapToObj(count -> bar(count, most))
                .collect(Collectors.joining());
    }

    /// Whatever was counted at all is seen.
    private static String bar(int count, int most) {
        int height = (count * (BARS.length() - 1) + most - 1) / most;
        return BARS.substring(height, height + 1);
    }

    /// p50, p90, p99 and max, in milliseconds.
    String text() {
        return String.format(
                Locale.ROOT,
                "%6d %6d %6d %6d",
                quantile(0.5).toMillis(),
                quantile(0.9).toMillis(),
                quantile(0.99).toMillis(),
                max().toMillis());
    }
}
