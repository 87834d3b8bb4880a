package meridian.dns;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/// Address and port of who sent a datagram, without an object for each: the thread that reads
/// datagrams has one of these, and sets it anew for each of them.
///
/// Addresses are two longs as everywhere in `dns.geo`: those of IPv4 have the upper 64 bits zero.
public final class ResolverAddress {

    private static final int NO_SCOPE = -1;

    private boolean isIpv4 = true;
    private long high;
    private long low;
    private int scope;
    private int port;

    /// Makes it one of IPv4.
    ///
    /// @param address its 32 bits
    public void setIpv4(int address, int port) {
        isIpv4 = true;
        high = 0;
        low = Integer.toUnsignedLong(address);
        scope = 0;
        this.port = port;
    }

    /// Makes it one of IPv6.
    ///
    /// @param scope the number of the interface, for a link-local address; else 0
    public void setIpv6(long high, long low, int scope, int port) {
        isIpv4 = false;
        this.high = high;
        this.low = low;
        this.scope = scope;
        this.port = port;
    }

    public void set(InetSocketAddress from) {
        ByteBuffer octets = ByteBuffer.wrap(from.getAddress().getAddress());
        switch (from.getAddress()) {
            case Inet4Address _ -> setIpv4(octets.getInt(), from.getPort());
            case Inet6Address ipv6 ->
                    setIpv6(octets.getLong(), octets.getLong(), ipv6.getScopeId(), from.getPort());
            default -> throw new IllegalArgumentException(from + " is of neither family");
        }
    }

    public boolean isIpv4() {
        return isIpv4;
    }

    /// The upper 64 bits of an IPv6 address; 0 for IPv4.
    public long high() {
        return high;
    }

    /// The lower 64 bits of an IPv6 address; the 32 of an IPv4 address, without a sign.
    public long low() {
        return low;
    }

    public int port() {
        return port;
    }

    /// The same as an object, for whom one query costs that much.
    public InetSocketAddress toSocketAddress() {
        return new InetSocketAddress(address(), port);
    }

    /// An IPv6 address that holds one of IPv4 stays what it is: to the JDK's own factory it would
    /// be the latter.
    private InetAddress address() {
        try {
            return isIpv4
                    ? InetAddress.getByAddress(ByteBuffer.allocate(4).putInt((int) low).array())
                    : Inet6Address.getByAddress(
                            null,
                            ByteBuffer.allocate(16).putLong(high).putLong(low).array(),
                            scope == 0 ? NO_SCOPE : scope);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("4 and 16 octets always make an address", impossible);
        }
    }

    @Override
    public String toString() {
        return toSocketAddress().toString();
    }
}
