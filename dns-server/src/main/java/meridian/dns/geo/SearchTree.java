package meridian.dns.geo;

/// The nodes of a database in MaxMind's format: two records of 24, 28 or 32 bits each, big-endian.
final class SearchTree {

    private final byte[] file;
    private final int recordSize;

    /// The file begins with the tree.
    SearchTree(byte[] file, int recordSize) {
        this.file = file;
        this.recordSize = recordSize;
    }

    /// The record of one side of a node: another node, or beyond the number of nodes, a leaf.
    ///
    /// @param side 0 for the left, 1 for the right
    long child(long node, int side) {
        int at = (int) (node * (recordSize / 4));
        return switch (recordSize) {
            case 24 -> bits(at + 3 * side, 3);
            case 28 -> middleBits(at, side) << 24 | bits(at + 4 * side, 3);
            default -> bits(at + 4 * side, 4);
        };
    }

    /// With 28 bits, the fourth byte of a node has the upper four of both records, the left one's
    /// first.
    private long middleBits(int at, int side) {
        return side == 0 ? (file[at + 3] & 0xF0) >>> 4 : file[at + 3] & 0x0F;
    }

    private long bits(int at, int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) value = value << 8 | (file[at + i] & 0xFF);
        return value;
    }
}
