package meridian.dns;

import java.net.Inet6Address;
import java.net.InetAddress;
import meridian.topology.Network;

/// What counts as one client where each may hold so much: an address of IPv4, a network /56 of
/// IPv6, as whoever has one address of that has them all.
public final class ClientNetwork {

    private static final int IPV6 = 56;

    private ClientNetwork() {}

    public static Network of(InetAddress client) {
        return Network.around(client, client instanceof Inet6Address ? IPV6 : Integer.SIZE);
    }
}
