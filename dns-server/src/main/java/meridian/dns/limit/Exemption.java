package meridian.dns.limit;

import java.nio.ByteBuffer;
import meridian.dns.ResolverAddress;
import meridian.topology.Network;

/// One network that is exempt, as a [ResolverAddress] has addresses, so that to look costs no
/// object.
record Exemption(boolean isIpv4, long high, long low, long highMask, long lowMask) {

    static Exemption of(Network network) {
        ByteBuffer octets = ByteBuffer.wrap(network.address().getAddress());
        int length = network.prefixLength();
        return network.isIpv4()
                ? new Exemption(
                        true, 0, Integer.toUnsignedLong(octets.getInt()), 0, mask(length) >>> 32)
                : new Exemption(
                        false, octets.getLong(), octets.getLong(), mask(length), mask(length - 64));
    }

    /// So many ones, and zeros.
    private static long mask(int ones) {
        return ones <= 0 ? 0 : ones >= Long.SIZE ? -1L : -1L << (Long.SIZE - ones);
    }

    boolean holds(ResolverAddress address) {
        return address.isIpv4() == isIpv4
                && (address.high() & highMask) == high
                && (address.low() & lowMask) == low;
    }
}
