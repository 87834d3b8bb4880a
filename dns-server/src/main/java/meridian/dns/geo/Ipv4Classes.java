package meridian.dns.geo;

/// The location class of every IPv4 address, as a query reads it.
///
/// Addresses with the same first bits are a block, of some ten ranges on average, and in an array
/// is where its ranges begin. A look-up searches among these, in entries that say no more than is
/// to be known within a block: the following bits of the first address of a range, and its class.
/// That is 16 bits of networks that are /24 or wider, in some dozens of classes, and 32 otherwise.
///
/// How many octets are read from decides what a look-up costs, since what does not fit into a
/// core's own cache is slower to read than all the rest takes: with entries of 64 bits (4 MB of
/// 250,000 networks) one such read was 115 ns of a steered answer's 2.2 µs (`perf`, by
/// instruction).
final class Ipv4Classes {

    /// 256 KiB of starts at most, unless there are more classes than that.
    private static final int MOST_INDEX_BITS = 16;

    /// A block of so many ranges, or up to twice as many, is a line of the cache or less.
    private static final int RANGES_OF_A_BLOCK_BITS = 3;

    /// By range: its first address. Only read where a border is outside of the block.
    private final int[] firsts;

    /// By range, in one of both: the bits of its first address behind the block's, without the
    /// zeros in which all end; and its class.
    private final char[] narrow;

    private final int[] wide;

    /// By block: the range that holds its first address, times two, and 1 if it begins there. One
    /// more stands at the end.
    private final int[] starts;

    private final int shift;
    private final int zeros;
    private final int classBits;

    Ipv4Classes(Ranges of) {
        int size = of.size();
        this.firsts = new int[size];
        int bitsOfAll = 0;
        int largest = 0;
        for (int i = 0; i < size; i++) {
            firsts[i] = (int) of.low(i);
            bitsOfAll |= firsts[i];
            largest = Math.max(largest, of.number(i));
        }
        this.classBits = bits(largest);
        int zerosOfAll = Integer.numberOfTrailingZeros(bitsOfAll);
        int entryBits = Integer.SIZE - zerosOfAll + classBits;
        this.shift = Integer.SIZE - indexBits(bits(size), entryBits);
        this.zeros = Math.min(shift, zerosOfAll);
        boolean isNarrow = shift - zeros + classBits <= Character.SIZE;
        this.narrow = new char[isNarrow ? size : 0];
        this.wide = new int[isNarrow ? 0 : size];
        for (int i = 0; i < size; i++) {
            int entry = within(firsts[i]) | of.number(i);
            if (isNarrow) narrow[i] = (char) entry;
            else wide[i] = entry;
        }
        this.starts = starts();
    }

    /// @param entryBits of an entry, if all were one block
    private static int indexBits(int sizeBits, int entryBits) {
        int forNarrow = entryBits - Character.SIZE;
        int least = forNarrow <= MOST_INDEX_BITS ? forNarrow : entryBits - Integer.SIZE;
        int ofBlocks = Math.min(sizeBits - RANGES_OF_A_BLOCK_BITS, MOST_INDEX_BITS);
        return Math.max(1, Math.max(ofBlocks, least));
    }

    private static int bits(int number) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(number);
    }

    private int[] starts() {
        int blocks = 1 << (Integer.SIZE - shift);
        int[] made = new int[blocks + 1];
        int range = 0;
        for (int block = 0; block < blocks; block++) {
            int first = block << shift;
            while (range + 1 < firsts.length
                    && Integer.compareUnsigned(firsts[range + 1], first) <= 0) range++;
            made[block] = range << 1 | (firsts[range] == first ? 1 : 0);
        }
        made[blocks] = (firsts.length - 1) << 1;
        return made;
    }

    /// Where an address is in its block, as entries have it above their class.
    private int within(int address) {
        return (address & (1 << shift) - 1) >>> zeros << classBits;
    }

    /// Class and scope, as [LocationTable#found] puts them together.
    int find(int address) {
        int block = address >>> shift;
        int start = starts[block];
        int end = starts[block + 1];
        int begun = start >>> 1;
        int last = (end >>> 1) - (end & 1);
        int index = lastAtOrBefore(within(address) | (1 << classBits) - 1, begun, last);
        int entry = entry(index);
        int scope = 0;
        if (index > 0) {
            boolean isInBlock = index > begun || (start & 1) != 0;
            int first = isInBlock ? first(block, entry) : firsts[index];
            scope = differingBit(address, first - 1);
        }
        if (index + 1 < firsts.length) {
            int next = index < last ? first(block, entry(index + 1)) : firsts[index + 1];
            scope = Math.max(scope, differingBit(address, next));
        }
        return LocationTable.found(entry & (1 << classBits) - 1, scope);
    }

    /// @param begun the range in which the block begins
    /// @param last the last range that begins in it
    private int lastAtOrBefore(int sought, int begun, int last) {
        int least = begun;
        int most = last;
        while (least < most) {
            int middle = (least + most + 1) >>> 1;
            if (Integer.compareUnsigned(entry(middle), sought) <= 0) least = middle;
            else most = middle - 1;
        }
        return least;
    }

    private int entry(int index) {
        return narrow.length == 0 ? wide[index] : narrow[index];
    }

    private int first(int block, int entry) {
        return block << shift | entry >>> classBits << zeros;
    }

    /// The shortest prefix that has the address and not its neighbour.
    private static int differingBit(int address, int outside) {
        return Integer.numberOfLeadingZeros(address ^ outside) + 1;
    }

    int size() {
        return firsts.length;
    }

    long bytes() {
        return 4L * (firsts.length + wide.length + starts.length) + 2L * narrow.length;
    }
}
