package meridian.cluster;

import java.time.Duration;

/// When the next beat is due: once a second whatever happens, and at once when something turned.
/// Where much turns in a short time, the beats leave room for one another: 5 ms, and a tenth of a
/// millisecond more for each kilobyte that the last one had.
///
/// @param last when the last beat was, on the monotonic clock in nanoseconds
/// @param bytes how large it was
public record Pace(long last, int bytes) {

    public static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long BURST_NANOS = Duration.ofMillis(5).toNanos();
    private static final long NANOS_PER_BYTE = 100;

    public long due(boolean turned) {
        return last + (turned ? Math.min(SECOND_NANOS, gap()) : SECOND_NANOS);
    }

    private long gap() {
        return BURST_NANOS + NANOS_PER_BYTE * bytes;
    }
}
