package meridian.dns.geo;

/// [Ranges] of IPv4: six bytes a range, or eight where numbers are large.
final class Ipv4Ranges extends Ranges {

    private final int[] firsts;

    Ipv4Ranges(int[] firsts, RangeNumbers numbers) {
        super(numbers);
        this.firsts = firsts;
    }

    @Override
    int width() {
        return 32;
    }

    @Override
    long high(int index) {
        return 0;
    }

    @Override
    long low(int index) {
        return Integer.toUnsignedLong(firsts[index]);
    }

    @Override
    int indexOf(long high, long low) {
        int sought =
                (int) low + Integer.MIN_VALUE; // so that a signed comparison orders unsigned values
        int from = 0;
        int to = firsts.length - 1;
        while (from < to) {
            int middle = (from + to + 1) >>> 1;
            if (firsts[middle] + Integer.MIN_VALUE <= sought) from = middle;
            else to = middle - 1;
        }
        return from;
    }

    @Override
    Ranges picked(int[] indexes, RangeNumbers newNumbers) {
        int[] picked = new int[indexes.length];
        for (int i = 0; i < picked.length; i++) picked[i] = firsts[indexes[i]];
        return new Ipv4Ranges(picked, newNumbers);
    }

    @Override
    long bytes() {
        return 4L * firsts.length + bytesOfNumbers();
    }
}
