package meridian.dns.geo;

import java.util.Arrays;

/// The numbers of [Ranges], each in two octets where the largest fits, or else in four.
///
/// The world's countries and cities make some thousands of places, and a policy some dozens of
/// classes; the databases that need more are few.
final class RangeNumbers {

    private final char[] small;
    private final int[] large;
    private final int largest;

    /// Zeros, to be set by whoever made them and by nobody later.
    ///
    /// @param largest that will be set
    RangeNumbers(int size, int largest) {
        boolean fit = largest <= Character.MAX_VALUE;
        this.small = new char[fit ? size : 0];
        this.large = new int[fit ? 0 : size];
        this.largest = largest;
    }

    /// @param numbers each at least 0
    static RangeNumbers of(int[] numbers) {
        var made = new RangeNumbers(numbers.length, Arrays.stream(numbers).max().orElse(0));
        for (int i = 0; i < numbers.length; i++) made.set(i, numbers[i]);
        return made;
    }

    void set(int index, int number) {
        if (large.length == 0) small[index] = (char) number;
        else large[index] = number;
    }

    int get(int index) {
        return large.length == 0 ? small[index] : large[index];
    }

    int size() {
        return Math.max(small.length, large.length);
    }

    /// No number is larger.
    int largest() {
        return largest;
    }

    long bytes() {
        return 2L * small.length + 4L * large.length;
    }
}
