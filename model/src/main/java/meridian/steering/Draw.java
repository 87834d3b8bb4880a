package meridian.steering;

/// One handed-in random number, cut into the independent choices that an answer needs: same inputs
/// and draw, same choice.
final class Draw {

    private static final int BITS = 24;

    private Draw() {}

    /// Which of `total` equal shares is drawn when regions are weighted; the bits 40 to 63.
    static int share(long draw, int total) {
        return (int) (((draw >>> 40) * total) >>> BITS);
    }

    /// Into so many parts the range of draws is cut for [#share].
    static final int SHARES = 1 << BITS;

    /// A draw that is in one of these parts.
    static long ofShare(int part) {
        return (long) part << 40;
    }

    /// Where on the ring of a pool's endpoints the sample begins: 0 to 2²⁴−1; the bits 16 to 39.
    static int tick(long draw) {
        return (int) (draw >>> 16) & ((1 << BITS) - 1);
    }

    /// Which of `size` endpoints is named first; the bits 0 to 15.
    static int rotation(long draw, int size) {
        return (int) (((draw & 0xffff) * size) >>> 16);
    }

    static final int TICKS = 1 << BITS;
}
