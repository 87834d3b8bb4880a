package meridian.cluster;

import java.time.Duration;
import java.util.Collection;

/// The time on which the fleet agrees: the median of the clocks of all nodes that hear one another.
///
/// A drain that ends at noon must end on all nodes at once, and one clock that is an hour wrong
/// must not move it. With two clocks that differ nobody can tell which is wrong: then the one
/// behind is taken, by which drains last rather longer.
final class AgreedTime {

    /// Clocks that are this close are taken for equal: a message's way makes them look apart too,
    /// and a time that trembles would end a drain and begin it again.
    private static final Duration CLOSE = Duration.ofSeconds(1);

    /// Clocks that are further from the fleet's time than this are an alarm.
    private static final Duration APART = Duration.ofSeconds(5);

    private AgreedTime() {}

    /// By how much the fleet's time is ahead of the time that the clocks are compared with.
    ///
    /// @param clocks by how much each of them is, this node's too: what counts are milliseconds
    /// @param before the same until now, which stays if it is close
    static Duration of(Collection<Duration> clocks, Duration before) {
        long[] sorted = clocks.stream().mapToLong(Duration::toMillis).sorted().toArray();
        Duration median = Duration.ofMillis(sorted[(sorted.length - 1) / 2]);
        return isClose(median.minus(before)) ? before : median;
    }

    static boolean isClose(Duration apart) {
        return apart.abs().compareTo(CLOSE) <= 0;
    }

    static boolean isApart(Duration fromAgreed) {
        return fromAgreed.abs().compareTo(APART) > 0;
    }
}
