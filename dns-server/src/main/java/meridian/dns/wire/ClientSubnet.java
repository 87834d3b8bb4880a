package meridian.dns.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// For whom a resolver asks, or how widely our answer holds: the EDNS Client Subnet option (RFC
/// 7871 §6).
///
/// @param family 1 for IPv4, 2 for IPv6
/// @param address all octets of the address, zeros after the source prefix
/// @param sourcePrefix how many bits of the address were told
/// @param scopePrefix for how many bits the answer holds; 0 in a query
public record ClientSubnet(
        int family,
        @SuppressWarnings("ArrayRecordComponent") byte[] address, // compared below, never changed
        int sourcePrefix,
        int scopePrefix) {

    public static final int IPV4 = 1;
    public static final int IPV6 = 2;

    /// EDNS option code.
    static final int CODE = 8;

    public ClientSubnet {
        if (family != IPV4 && family != IPV6) {
            throw new IllegalArgumentException("address family " + family + " is not 1 or 2");
        }
        if (address.length != addressLength(family)) {
            throw new IllegalArgumentException(
                    "an address of family " + family + " has not " + address.length + " octets");
        }
        if (sourcePrefix < 0 || sourcePrefix > bits(family)) {
            throw new IllegalArgumentException("no address has a prefix of " + sourcePrefix);
        }
        if (scopePrefix < 0 || scopePrefix > bits(family)) {
            throw new IllegalArgumentException("no address has a scope of " + scopePrefix);
        }
    }

    /// The same subnet in an answer that holds for `scope` bits of its address.
    public ClientSubnet withScope(int scope) {
        return new ClientSubnet(family, address, sourcePrefix, scope);
    }

    EdnsOption option() {
        ByteBuffer data = ByteBuffer.allocate(4 + carriedOctets()).putShort((short) family);
        data.put((byte) sourcePrefix).put((byte) scopePrefix).put(address, 0, carriedOctets());
        return new EdnsOption(CODE, data.array());
    }

    /// How many octets of the address an option carries: those that the source prefix touches.
    int carriedOctets() {
        return (sourcePrefix + 7) / 8;
    }

    static int bits(int family) {
        return addressLength(family) * 8;
    }

    static int addressLength(int family) {
        return family == IPV4 ? 4 : 16;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientSubnet(var f, var a, var source, var scope)
                && family == f
                && sourcePrefix == source
                && scopePrefix == scope
                && Arrays.equals(address, a);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * (31 * family + Arrays.hashCode(address)) + sourcePrefix) + scopePrefix;
    }

    @Override
    public String toString() {
        return "ClientSubnet[family="
                + family
                + ", address="
                + Arrays.toString(address)
                + ", "
                + sourcePrefix
                + "/"
                + scopePrefix
                + "]";
    }
}
