package meridian.record;

import java.util.Arrays;

/// Octets that grow at their end, big-endian.
public final class Octets {

    /// Up to half of what an array can have: then it can double, and sums of two offsets are whole.
    private static final int MOST = Integer.MAX_VALUE / 2;

    private static final int LEAST = 1024;

    private byte[] octets;
    private int size = 8;

    /// Begins with eight octets that mean nothing: so no offset is 0.
    public Octets() {
        this(LEAST);
    }

    /// @param expected how many may come: to grow is to copy, and leaves the shorter array to the
    ///   collector
    public Octets(long expected) {
        octets = new byte[Math.clamp(expected + 8, LEAST, MOST)];
    }

    /// Where the next octet will be put.
    public int size() {
        return size;
    }

    /// Each of these gives the offset at which it puts.
    public int put8(int value) {
        int at = grow(1);
        octets[at] = (byte) value;
        return at;
    }

    public int put16(int value) {
        int at = grow(2);
        octets[at] = (byte) (value >> 8);
        octets[at + 1] = (byte) value;
        return at;
    }

    public int put32(int value) {
        int at = grow(4);
        set32(at, value);
        return at;
    }

    public int put(byte[] from, int begin, int length) {
        int at = grow(length);
        System.arraycopy(from, begin, octets, at, length);
        return at;
    }

    /// Puts a name, or another run of octets, with its letters in lower case.
    public int putLower(byte[] from, int begin, int length) {
        int at = grow(length);
        for (int i = 0; i < length; i++) octets[at + i] = DomainName.lower(from[begin + i]);
        return at;
    }

    /// Overwrites four octets that were put before.
    public void set32(int at, int value) {
        for (int i = 0; i < 4; i++) octets[at + i] = (byte) (value >> (24 - 8 * i));
    }

    private int grow(int length) {
        int at = size;
        if (at > MOST - length)
            throw new IllegalStateException("zones of more than a gigabyte are not served");
        if (at + length > octets.length)
            octets = Arrays.copyOf(octets, Math.max(at + length, 2 * octets.length));
        size += length;
        return at;
    }

    /// All of them as they stand until something is put; to be read alone.
    public byte[] array() {
        return octets;
    }

    /// For keeps, so nothing is to be put any more; all but the octets that were put is little, or
    /// copied off.
    public byte[] toArray() {
        return octets.length - size <= octets.length / 8 ? octets : Arrays.copyOf(octets, size);
    }
}
