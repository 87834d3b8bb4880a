package meridian.dns.geo;

import java.util.Arrays;

/// [Ranges] of IPv6: ten bytes a range; eight more where some begin in the lower half of an
/// address, two more where numbers are large.
final class Ipv6Ranges extends Ranges {

    private static final long[] ALL_ZERO = {};

    private final long[] highs;

    /// [#ALL_ZERO] where no network is longer than a /64, as in most databases.
    private final long[] lows;

    Ipv6Ranges(long[] highs, long[] lows, RangeNumbers numbers) {
        super(numbers);
        this.highs = highs;
        this.lows = Arrays.stream(lows).allMatch(low -> low == 0) ? ALL_ZERO : lows;
    }

    /// Ranges that all begin in the upper half of an address.
    static Ipv6Ranges ofHighs(long[] highs, RangeNumbers numbers) {
        return new Ipv6Ranges(highs, ALL_ZERO, numbers);
    }

    @Override
    int width() {
        return 128;
    }

    @Override
    long high(int index) {
        return highs[index];
    }

    @Override
    long low(int index) {
        return lows.length == 0 ? 0 : lows[index];
    }

    @Override
    int indexOf(long high, long low) {
        int from = 0;
        int to = highs.length - 1;
        while (from < to) {
            int middle = (from + to + 1) >>> 1;
            if (compare(highs[middle], low(middle), high, low) <= 0) from = middle;
            else to = middle - 1;
        }
        return from;
    }

    @Override
    Ranges picked(int[] indexes, RangeNumbers newNumbers) {
        long[] pickedHighs = new long[indexes.length];
        long[] pickedLows = new long[lows.length == 0 ? 0 : indexes.length];
        for (int i = 0; i < pickedHighs.length; i++) pickedHighs[i] = highs[indexes[i]];
        for (int i = 0; i < pickedLows.length; i++) pickedLows[i] = lows[indexes[i]];
        return new Ipv6Ranges(pickedHighs, pickedLows, newNumbers);
    }

    @Override
    long bytes() {
        return 8L * (highs.length + lows.length) + bytesOfNumbers();
    }
}
