package meridian.dns.geo;

/// [Ranges] of IPv6: twenty bytes a range.
final class Ipv6Ranges extends Ranges {

    private final long[] highs;
    private final long[] lows;

    Ipv6Ranges(long[] highs, long[] lows, int[] numbers) {
        super(numbers);
        this.highs = highs;
        this.lows = lows;
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
        return lows[index];
    }

    @Override
    int indexOf(long high, long low) {
        return indexOf(high, low, 0, highs.length - 1);
    }

    /// The range that holds this address, which is one of these.
    int indexOf(long high, long low, int first, int last) {
        int from = first;
        int to = last;
        while (from < to) {
            int middle = (from + to + 1) >>> 1;
            if (compare(highs[middle], lows[middle], high, low) <= 0) from = middle;
            else to = middle - 1;
        }
        return from;
    }

    @Override
    Ranges picked(int[] indexes, int[] newNumbers) {
        long[] pickedHighs = new long[indexes.length];
        long[] pickedLows = new long[indexes.length];
        for (int i = 0; i < indexes.length; i++) {
            pickedHighs[i] = highs[indexes[i]];
            pickedLows[i] = lows[indexes[i]];
        }
        return new Ipv6Ranges(pickedHighs, pickedLows, newNumbers);
    }

    @Override
    long bytes() {
        return 16L * highs.length + bytesOfNumbers();
    }
}
