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
        return indexOf((int) low);
    }

    private int indexOf(int address) {
        return indexOf(address, 0, firsts.length - 1);
    }

    /// The range that holds this address, which is one of these.
    int indexOf(int address, int first, int last) {
        int sought =
                address + Integer.MIN_VALUE; // so that a signed comparison orders unsigned values
        int from = first;
        int to = last;
        while (from < to) {
            int middle = (from + to + 1) >>> 1;
            if (firsts[middle] + Integer.MIN_VALUE <= sought) from = middle;
            else to = middle - 1;
        }
        return from;
    }

    int first(int index) {
        return firsts[index];
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
