package meridian.dns.geo;

/// The location class of every IPv6 address, as a query reads it.
///
/// A look-up reads where the ranges of the address's first bits are (two neighbours in an array),
/// and searches among these. A range is two `long`s, the upper half of its first address and its
/// class; or three, with the lower half between them, where some range begins in the lower half of
/// an address.
final class Ipv6Classes {

    /// The upper three bits of all addresses that are given out (RFC 4291 §4): 2000::/3. Of these
    /// the starts are known; all others are rare.
    private static final int GLOBAL = 1;

    private static final int GLOBAL_BITS = 3;

    /// 256 KiB of starts at most.
    private static final int MOST_INDEX_BITS = 16;

    private final long[] ranges;
    private final int stride;
    private final int size;

    /// By the first bits behind [#GLOBAL]: the range in which such addresses begin. They end where
    /// those of the next begin, or before.
    private final int[] starts;

    private final int shift;

    Ipv6Classes(Ranges of) {
        this.size = of.size();
        this.stride = hasLower(of) ? 3 : 2;
        this.ranges = new long[stride * size];
        for (int i = 0; i < size; i++) {
            ranges[stride * i] = of.high(i);
            if (stride == 3) ranges[stride * i + 1] = of.low(i);
            ranges[stride * i + stride - 1] = of.number(i);
        }
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(size);
        this.shift = Long.SIZE - Math.min(bits, MOST_INDEX_BITS);
        this.starts = starts(of);
    }

    private int[] starts(Ranges of) {
        int[] made = new int[(1 << (Long.SIZE - shift)) + 1];
        for (int i = 0; i < made.length - 1; i++) {
            long behind = (long) i << shift >>> GLOBAL_BITS;
            made[i] = of.indexOf(behind | (long) GLOBAL << (Long.SIZE - GLOBAL_BITS), 0);
        }
        made[made.length - 1] = size - 1;
        return made;
    }

    private static boolean hasLower(Ranges of) {
        for (int i = 0; i < of.size(); i++) {
            if (of.low(i) != 0) return true;
        }
        return false;
    }

    /// Class and scope, as [LocationTable#found] puts them together.
    int find(long high, long low) {
        int index = indexOf(high, low);
        int scope = 0;
        if (index > 0) scope = differingBit(high, low, beforeHigh(index), low(index) - 1);
        if (index + 1 < size)
            scope = Math.max(scope, differingBit(high, low, high(index + 1), low(index + 1)));
        return LocationTable.found((int) ranges[stride * index + stride - 1], scope);
    }

    private int indexOf(long high, long low) {
        if (high >>> (Long.SIZE - GLOBAL_BITS) != GLOBAL) return indexOf(high, low, 0, size - 1);
        int start = (int) (high << GLOBAL_BITS >>> shift);
        return indexOf(high, low, starts[start], starts[start + 1]);
    }

    /// The range that holds this address, which is one of these.
    private int indexOf(long high, long low, int from, int to) {
        int least = from;
        int most = to;
        while (least < most) {
            int middle = (least + most + 1) >>> 1;
            if (Ranges.compare(high(middle), low(middle), high, low) <= 0) least = middle;
            else most = middle - 1;
        }
        return least;
    }

    private long high(int index) {
        return ranges[stride * index];
    }

    private long low(int index) {
        return stride == 2 ? 0 : ranges[stride * index + 1];
    }

    /// The upper half of the address before a range.
    private long beforeHigh(int index) {
        return low(index) == 0 ? high(index) - 1 : high(index);
    }

    private static int differingBit(long high, long low, long outsideHigh, long outsideLow) {
        return high == outsideHigh
                ? Long.numberOfLeadingZeros(low ^ outsideLow) + 65
                : Long.numberOfLeadingZeros(high ^ outsideHigh) + 1;
    }

    int size() {
        return size;
    }

    long bytes() {
        return 8L * ranges.length + 4L * starts.length;
    }
}
