package meridian.simulation;

import java.util.Locale;

/// Nanoseconds and what people call them.
final class Times {

    static final long MILLI = 1_000_000L;
    static final long SECOND = 1_000 * MILLI;

    private Times() {}

    /// `12.345 s`
    static String text(long nanos) {
        return String.format(Locale.ROOT, "%.3f s", nanos / 1e9);
    }
}
