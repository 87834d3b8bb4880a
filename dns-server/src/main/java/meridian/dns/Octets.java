package meridian.dns;

import java.util.Arrays;

/// Octets that grow at their end, big-endian.
final class Octets {

    private byte[] octets = new byte[1024];
    private int size;

    /// Begins with eight octets that mean nothing: so no offset is 0.
    Octets() {
        size = 8;
    }

    /// Each of these gives the offset at which it puts.
    int put8(int value) {
        return put(value, 1);
    }

    int put16(int value) {
        return put(value, 2);
    }

    int put32(int value) {
        return put(value, 4);
    }

    private int put(int value, int octetCount) {
        int at = size;
        if (at > Integer.MAX_VALUE / 2 - octetCount)
            throw new IllegalStateException("zones of more than a gigabyte are not served");
        if (at + octetCount > octets.length) octets = Arrays.copyOf(octets, 2 * octets.length);
        for (int shift = 8 * (octetCount - 1); shift >= 0; shift -= 8)
            octets[size++] = (byte) (value >> shift);
        return at;
    }

    byte[] toArray() {
        return Arrays.copyOf(octets, size);
    }
}
