package meridian.dns.geo;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;

/// One address family from its first address to its last, cut into ranges that each bear a number.
///
/// There are no gaps and no two neighbours with the same number; a range is known by its first
/// address and ends where the next begins. Everything geographic here is such a list: places,
/// overrides, AS numbers, location classes. Two lists are laid over each other by [#combined] in
/// one pass.
///
/// Addresses are unsigned 128-bit numbers in two longs; an IPv4 address has the upper one zero.
abstract sealed class Ranges permits Ipv4Ranges, Ipv6Ranges {

    private final RangeNumbers numbers;

    Ranges(RangeNumbers numbers) {
        this.numbers = numbers;
    }

    /// A whole family under one number.
    static Ranges all(int width, int number) {
        var ranges = new Builder(width);
        ranges.append(0, 0, number);
        return ranges.build();
    }

    final int size() {
        return numbers.size();
    }

    final int number(int index) {
        return numbers.get(index);
    }

    /// The bits of an address: 32 or 128.
    abstract int width();

    /// The upper 64 bits of the first address of a range.
    abstract long high(int index);

    /// The lower 64 bits of the first address of a range.
    abstract long low(int index);

    /// The range that holds this address.
    abstract int indexOf(long high, long low);

    /// What the arrays take up.
    abstract long bytes();

    final long bytesOfNumbers() {
        return numbers.bytes();
    }

    /// The upper 64 bits of the last address of a range.
    final long lastHigh(int index) {
        if (index + 1 == size()) return width() == 32 ? 0 : -1L;
        return low(index + 1) == 0 ? high(index + 1) - 1 : high(index + 1);
    }

    /// The lower 64 bits of the last address of a range.
    final long lastLow(int index) {
        if (index + 1 == size()) return width() == 32 ? 0xFFFF_FFFFL : -1L;
        return low(index + 1) - 1;
    }

    /// These ranges cut at the borders of `other` too; `operator` is given both numbers of each
    /// piece.
    final Ranges combined(Ranges other, IntBinaryOperator operator) {
        if (other.size() == 1)
            return renumbered(number -> operator.applyAsInt(number, other.number(0)));
        var pieces = new Builder(width());
        pieces.append(0, 0, operator.applyAsInt(number(0), other.number(0)));
        int mine = 0;
        int theirs = 0;
        while (mine + 1 < size() || theirs + 1 < other.size()) {
            int order = compareNext(mine, other, theirs);
            if (order <= 0) mine++;
            if (order >= 0) theirs++;
            Ranges begun = order <= 0 ? this : other;
            int at = order <= 0 ? mine : theirs;
            int number = operator.applyAsInt(number(mine), other.number(theirs));
            pieces.append(begun.high(at), begun.low(at), number);
        }
        return pieces.build();
    }

    private int compareNext(int mine, Ranges other, int theirs) {
        if (mine + 1 == size()) return 1;
        if (theirs + 1 == other.size()) return -1;
        return compare(
                high(mine + 1), low(mine + 1), other.high(theirs + 1), other.low(theirs + 1));
    }

    /// The same borders with other numbers; neighbours that become equal are joined.
    ///
    /// Of the millions of ranges of a geo database thousands are left, and a node that starts waits
    /// for it: so this is one pass over plain arrays.
    ///
    /// @param newNumber asked once for each number
    final Ranges renumbered(IntUnaryOperator newNumber) {
        int[] known = new int[numbers.largest() + 1];
        Arrays.fill(known, -1);
        int[] kept = new int[16];
        int[] keptNumbers = new int[16];
        int count = 0;
        for (int i = 0; i < size(); i++) {
            int number = number(i);
            if (known[number] < 0) known[number] = newNumber.applyAsInt(number);
            if (count > 0 && keptNumbers[count - 1] == known[number]) continue;
            if (count == kept.length) {
                kept = Arrays.copyOf(kept, 2 * count);
                keptNumbers = Arrays.copyOf(keptNumbers, 2 * count);
            }
            kept[count] = i;
            keptNumbers[count++] = known[number];
        }
        return picked(
                Arrays.copyOf(kept, count), RangeNumbers.of(Arrays.copyOf(keptNumbers, count)));
    }

    /// Ranges that begin where these of ours do, with numbers of their own.
    abstract Ranges picked(int[] indexes, RangeNumbers newNumbers);

    static int compare(long high, long low, long otherHigh, long otherLow) {
        int upper = Long.compareUnsigned(high, otherHigh);
        return upper != 0 ? upper : Long.compareUnsigned(low, otherLow);
    }

    /// Takes ranges in the order of their first addresses. Millions of them cost no more garbage
    /// than the doubling of three arrays.
    static final class Builder {
        private final int width;
        private long[] highs;
        private long[] lows;
        private int[] firsts;
        private int[] numbers = new int[16];
        private int size;

        Builder(int width) {
            this.width = width;
            this.highs = new long[width == 32 ? 0 : numbers.length];
            this.lows = new long[highs.length];
            this.firsts = new int[width == 32 ? numbers.length : 0];
        }

        /// From this address on, `number` holds. A second call for one address replaces the first.
        void append(long high, long low, int number) {
            if (size > 0 && high(size - 1) == high && low(size - 1) == low) size--;
            if (size > 0 && numbers[size - 1] == number) return;
            if (size == 0 && (high | low) != 0)
                throw new IllegalArgumentException(
                        "the first range must begin at the address zero");
            if (size > 0 && compare(high, low, high(size - 1), low(size - 1)) <= 0)
                throw new IllegalArgumentException("ranges must come in the order of addresses");
            if (size == numbers.length) grow();
            put(high, low);
            numbers[size++] = number;
        }

        private long high(int index) {
            return width == 32 ? 0 : highs[index];
        }

        private long low(int index) {
            return width == 32 ? Integer.toUnsignedLong(firsts[index]) : lows[index];
        }

        private void grow() {
            numbers = Arrays.copyOf(numbers, 2 * size);
            if (width == 32) {
                firsts = Arrays.copyOf(firsts, 2 * size);
            } else {
                highs = Arrays.copyOf(highs, 2 * size);
                lows = Arrays.copyOf(lows, 2 * size);
            }
        }

        private void put(long high, long low) {
            if (width == 32) {
                firsts[size] = (int) low;
            } else {
                highs[size] = high;
                lows[size] = low;
            }
        }

        Ranges build() {
            var own = RangeNumbers.of(Arrays.copyOf(numbers, size));
            return width == 32
                    ? new Ipv4Ranges(Arrays.copyOf(firsts, size), own)
                    : new Ipv6Ranges(Arrays.copyOf(highs, size), Arrays.copyOf(lows, size), own);
        }
    }
}
