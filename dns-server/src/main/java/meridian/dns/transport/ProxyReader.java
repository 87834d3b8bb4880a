package meridian.dns.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// Reads a [ProxyHeader].
///
/// ```
/// signature, 12 octets | version and command | family | length, 2 octets | addresses | more, unread
/// ```
final class ProxyReader {

    private static final byte[] SIGNATURE = {
        0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a
    };

    private static final int FIXED = 16;
    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;
    private static final int UNSPECIFIED = 0x00;
    private static final int TCP_OVER_IPV4 = 0x11;
    private static final int TCP_OVER_IPV6 = 0x21;

    /// With what else load balancers write behind the addresses. Nobody needs more.
    private static final int LONGEST = 2048;

    private ProxyReader() {}

    /// Reads what there is, and moves nothing.
    static ProxyHeader read(ByteBuffer octets) {
        int here = Math.min(octets.remaining(), SIGNATURE.length);
        byte[] begin = new byte[here];
        octets.get(octets.position(), begin);
        if (!Arrays.equals(begin, Arrays.copyOf(SIGNATURE, here)))
            return new ProxyHeader.Broken("does not begin as one of version 2 does");
        if (octets.remaining() < FIXED) return new ProxyHeader.Begun();
        int length = FIXED + (octets.getShort(octets.position() + 14) & 0xffff);
        if (length > LONGEST) return new ProxyHeader.Broken("announces " + length + " octets");
        return octets.remaining() < length
                ? new ProxyHeader.Begun()
                : whole(octets.slice(octets.position(), length));
    }

    private static ProxyHeader whole(ByteBuffer header) {
        int command = header.get(12) & 0xff;
        int family = header.get(13) & 0xff;
        if (command == LOCAL) return new ProxyHeader.Whole(header.limit(), Optional.empty());
        if (command != PROXY)
            return new ProxyHeader.Broken("has the version and command " + command);
        return switch (family) {
            case UNSPECIFIED -> new ProxyHeader.Whole(header.limit(), Optional.empty());
            case TCP_OVER_IPV4 -> of(header, 4);
            case TCP_OVER_IPV6 -> of(header, 16);
            default -> new ProxyHeader.Broken("has the family " + family);
        };
    }

    /// The source's address, the destination's, and the ports of both.
    private static ProxyHeader of(ByteBuffer header, int octets) {
        if (header.limit() < FIXED + 2 * octets + 4)
            return new ProxyHeader.Broken("is too short for its addresses");
        byte[] source = new byte[octets];
        header.get(FIXED, source);
        int port = header.getShort(FIXED + 2 * octets) & 0xffff;
        try {
            var client = new InetSocketAddress(InetAddress.getByAddress(source), port);
            return new ProxyHeader.Whole(header.limit(), Optional.of(client));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("of 4 or 16 octets", e);
        }
    }
}
