package meridian.dns.geo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Addresses drawn from those that an atlas knows, by a seed: the same seed draws the same.
///
/// Of IPv4 every known address is as likely as any other. Of IPv6 every known network /48 is, but
/// no range counts for more than a /40: otherwise the few allocations of a /20 would be the whole
/// sample, while clients sit in the small ranges.
final class AddressSample {

    static final double HEAVIEST_IPV6_RANGE = 256;

    private AddressSample() {}

    /// How much a range counts among those of its family.
    static double weight(Ranges ranges, int index) {
        if (ranges.width() == 32) return ranges.lastLow(index) - ranges.low(index) + 1.0;
        double blocks = (ranges.lastHigh(index) >>> 16) - (ranges.high(index) >>> 16) + 1.0;
        return Math.min(blocks, HEAVIEST_IPV6_RANGE);
    }

    /// Up to `perFamily` addresses of IPv4 and as many of IPv6; none of a family that `atlas` knows
    /// nothing of.
    static List<byte[]> draw(Atlas atlas, int perFamily, long seed) {
        var random = new SplittableRandom(seed);
        List<byte[]> addresses = new ArrayList<>(2 * perFamily);
        draw(atlas.ipv4(), perFamily, random, addresses);
        draw(atlas.ipv6(), perFamily, random, addresses);
        return addresses;
    }

    private static void draw(
            Ranges ranges, int count, SplittableRandom random, List<byte[]> addresses) {
        double[] ends = new double[ranges.size()];
        double total = 0;
        for (int i = 0; i < ends.length; i++) {
            if (ranges.number(i) != 0) total += weight(ranges, i);
            ends[i] = total;
        }
        if (total == 0) return;
        for (int i = 0; i < count; i++) {
            addresses.add(within(ranges, indexAt(ends, random.nextDouble(total)), random));
        }
    }

    /// The first range whose end lies beyond the mark.
    private static int indexAt(double[] ends, double mark) {
        int found = Arrays.binarySearch(ends, Math.nextUp(mark));
        int index = found >= 0 ? found : -found - 1;
        while (index > 0 && ends[index - 1] == ends[index]) index--;
        return index;
    }

    private static byte[] within(Ranges ranges, int index, SplittableRandom random) {
        long high = between(ranges.high(index), ranges.lastHigh(index), random);
        long from = high == ranges.high(index) ? ranges.low(index) : 0;
        long to = high == ranges.lastHigh(index) ? ranges.lastLow(index) : -1L;
        return Addresses.of(ranges.width(), high, between(from, to, random)).getAddress();
    }

    /// Both bounds included, as unsigned numbers.
    private static long between(long from, long to, SplittableRandom random) {
        long span = to - from + 1;
        return span == 0
                ? random.nextLong()
                : from + Long.remainderUnsigned(random.nextLong(), span);
    }
}
