package meridian.dns.transport;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import meridian.dns.ResolverAddress;

/// Reads and writes `sockaddr_in` and `sockaddr_in6`.
final class SockAddr {

    /// Octets that have room for one of either family, and keep the next one aligned.
    static final long ROOM = 32;

    private static final ValueLayout.OfShort FAMILY = ValueLayout.JAVA_SHORT;
    private static final ValueLayout.OfShort PORT =
            ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt IPV4 =
            ValueLayout.JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong HALF =
            ValueLayout.JAVA_LONG.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt SCOPE = ValueLayout.JAVA_INT;

    private static final long SIN_PORT = offset(Libc.SOCKADDR_IN, "sin_port");
    private static final long SIN_ADDR = offset(Libc.SOCKADDR_IN, "sin_addr");
    private static final long SIN6_PORT = offset(Libc.SOCKADDR_IN6, "sin6_port");
    private static final long SIN6_HIGH = offset(Libc.SOCKADDR_IN6, "sin6_addr_high");
    private static final long SIN6_LOW = offset(Libc.SOCKADDR_IN6, "sin6_addr_low");
    private static final long SIN6_SCOPE = offset(Libc.SOCKADDR_IN6, "sin6_scope_id");

    private SockAddr() {}

    private static long offset(StructLayout structure, String member) {
        return structure.byteOffset(PathElement.groupElement(member));
    }

    static int family(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address ? Libc.AF_INET6 : Libc.AF_INET;
    }

    static StructLayout layout(int family) {
        return family == Libc.AF_INET ? Libc.SOCKADDR_IN : Libc.SOCKADDR_IN6;
    }

    static MemorySegment of(InetSocketAddress address, Arena arena) {
        int family = family(address);
        MemorySegment written = arena.allocate(layout(family));
        var from = new ResolverAddress();
        from.set(address);
        written.set(FAMILY, 0, (short) family);
        if (family == Libc.AF_INET) {
            written.set(PORT, SIN_PORT, (short) from.port());
            written.set(IPV4, SIN_ADDR, (int) from.low());
        } else {
            written.set(PORT, SIN6_PORT, (short) from.port());
            written.set(HALF, SIN6_HIGH, from.high());
            written.set(HALF, SIN6_LOW, from.low());
            written.set(SCOPE, SIN6_SCOPE, ((Inet6Address) address.getAddress()).getScopeId());
        }
        return written;
    }

    /// @param family of the socket that it comes from
    /// @param at where it begins in `segment`
    static void read(MemorySegment segment, long at, int family, ResolverAddress into) {
        if (family == Libc.AF_INET) {
            into.setIpv4(
                    segment.get(IPV4, at + SIN_ADDR),
                    Short.toUnsignedInt(segment.get(PORT, at + SIN_PORT)));
        } else {
            into.setIpv6(
                    segment.get(HALF, at + SIN6_HIGH),
                    segment.get(HALF, at + SIN6_LOW),
                    segment.get(SCOPE, at + SIN6_SCOPE),
                    Short.toUnsignedInt(segment.get(PORT, at + SIN6_PORT)));
        }
    }
}
