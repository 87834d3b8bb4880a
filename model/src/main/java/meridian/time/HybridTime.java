package meridian.time;

/// A hybrid logical clock's reading: wall time as far as it can be trusted, and a counter where it
/// cannot (Kulkarni et al., "Logical Physical Clocks", 2014). Readings taken after another was seen
/// are greater than it, whatever the clocks say.
///
/// One clock that is ahead takes all readings with it, and for good. That costs nothing but what
/// people are shown: nothing ages by these times. A clock that shows more than the year 9999 is
/// broken, and not believed, so that it cannot use up the numbers.
///
/// @param millis milliseconds since 1970, from the fastest clock that was heard of
/// @param counter orders readings within one millisecond
public record HybridTime(long millis, int counter) implements Comparable<HybridTime> {

    public static final HybridTime ZERO = new HybridTime(0, 0);

    /// The last millisecond of the year 9999.
    private static final long LATEST = 253_402_300_799_999L;

    public HybridTime {
        if (millis > LATEST) {
            throw new IllegalArgumentException(
                    "no hybrid time is " + millis + "/" + counter + ": the last is " + LATEST);
        }
        if (millis < 0 || counter < 0) {
            throw new IllegalArgumentException(
                    "no hybrid time is " + millis + "/" + counter + ": both count up from 0");
        }
    }

    /// The first reading after this one, on a clock that now shows `nowMillis`.
    public HybridTime next(long nowMillis) {
        if (nowMillis > millis && nowMillis < LATEST) return new HybridTime(nowMillis, 0);
        return counter == Integer.MAX_VALUE
                ? new HybridTime(millis + 1, 0)
                : new HybridTime(millis, counter + 1);
    }

    public HybridTime max(HybridTime other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /// As of a record; written out as in [meridian.topology.NodeId].
    @Override
    public boolean equals(Object other) {
        return other instanceof HybridTime time && millis == time.millis && counter == time.counter;
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(millis) + counter;
    }

    @Override
    public int compareTo(HybridTime other) {
        int order = Long.compare(millis, other.millis);
        return order != 0 ? order : Integer.compare(counter, other.counter);
    }
}
