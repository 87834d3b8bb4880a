package meridian.cluster;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;

/// The time on which the fleet agrees: the median of the clocks of all nodes that hear one another.
///
/// A drain that ends at noon must end on all nodes at once, and one clock that is an hour wrong
/// must not move it. With two clocks that differ nobody can tell which is wrong: then the one
/// behind is taken, by which drains last rather longer.
final class AgreedTime {

    /// Clocks that are this close are taken for equal: a message's way makes them look apart too,
    /// and a correction that trembles would end a drain and begin it again.
    private static final Duration CLOSE = Duration.ofSeconds(1);

    /// Clocks that are further from the fleet's time than this are an alarm.
    private static final Duration APART = Duration.ofSeconds(5);

    private AgreedTime() {}

    /// By how much the fleet's time is ahead of this node's clock.
    ///
    /// @param others by how much the clock of each other node is ahead of this node's
    /// @param before the correction until now, which stays if it is close to the new one
    static Duration correction(Collection<Duration> others, Duration before) {
        long[] clocks = Arrays.copyOf(millis(others), others.size() + 1);
        Arrays.sort(clocks);
        Duration median = Duration.ofMillis(clocks[(clocks.length - 1) / 2]);
        Duration step = median.minus(before);
        boolean isClose = step.compareTo(CLOSE) <= 0 && step.compareTo(CLOSE.negated()) >= 0;
        return isClose ? before : median;
    }

    private static long[] millis(Collection<Duration> clocks) {
        return clocks.stream().mapToLong(Duration::toMillis).toArray();
    }

    static boolean isApart(Duration fromAgreed) {
        return fromAgreed.abs().compareTo(APART) > 0;
    }
}
