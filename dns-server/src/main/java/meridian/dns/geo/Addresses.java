package meridian.dns.geo;

import static meridian.dns.BigEndian.INTS;
import static meridian.dns.BigEndian.LONGS;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/// An address as two longs and back. IPv4 addresses have the upper 64 bits zero.
final class Addresses {

    private static final int NO_SCOPE = -1;

    private Addresses() {}

    static long high(byte[] address) {
        return switch (address.length) {
            case 4 -> 0;
            case 16 -> (long) LONGS.get(address, 0);
            default -> throw noAddress(address);
        };
    }

    static long low(byte[] address) {
        return switch (address.length) {
            case 4 -> Integer.toUnsignedLong((int) INTS.get(address, 0));
            case 16 -> (long) LONGS.get(address, 8);
            default -> throw noAddress(address);
        };
    }

    private static IllegalArgumentException noAddress(byte[] address) {
        return new IllegalArgumentException(
                "an address has 4 or 16 bytes, this one " + address.length);
    }

    /// Sixteen bytes stay an IPv6 address, even those that the JDK would take for an IPv4 one in
    /// disguise.
    static InetAddress of(int width, long high, long low) {
        try {
            return width == 32
                    ? InetAddress.getByAddress(ByteBuffer.allocate(4).putInt((int) low).array())
                    : Inet6Address.getByAddress(
                            null,
                            ByteBuffer.allocate(16).putLong(high).putLong(low).array(),
                            NO_SCOPE);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("4 and 16 bytes always make an address", impossible);
        }
    }

    /// The upper 64 bits of the last address of a network, given those of its first.
    static long lastHigh(int width, long high, int prefixLength) {
        return width == 32 ? 0 : high | below(prefixLength);
    }

    /// The lower 64 bits of the last address of a network, given those of its first.
    static long lastLow(int width, long low, int prefixLength) {
        return low | below(prefixLength + 64 - width);
    }

    /// Ones below the first `bits` of 64.
    private static long below(int bits) {
        if (bits <= 0) return -1L;
        return bits >= 64 ? 0 : -1L >>> bits;
    }
}
