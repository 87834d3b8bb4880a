package meridian.dns.transport;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.List;

/// The addresses to open sockets on.
///
/// Through Netty, a socket on the wildcard address would let the system choose which address a UDP
/// response comes from, and a resolver drops what comes from another than it asked. So there is a
/// socket for each address; one that appears later is served after a restart. [BatchedUdp] knows
/// better, and takes the wildcards themselves.
final class ListenAddresses {

    private static final InetAddress ANY_IPV4 = InetAddress.ofLiteral("0.0.0.0");

    private ListenAddresses() {}

    static List<InetSocketAddress> of(InetSocketAddress configured) throws IOException {
        if (!configured.getAddress().isAnyLocalAddress()) return List.of(configured);
        boolean ipv4Only = configured.getAddress() instanceof Inet4Address;
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !ipv4Only || address instanceof Inet4Address)
                .map((InetAddress address) -> new InetSocketAddress(address, configured.getPort()))
                .toList();
    }

    /// The wildcard of each family that a wildcard stands for, or the address itself.
    static List<InetSocketAddress> families(InetSocketAddress configured) {
        boolean isBoth =
                configured.getAddress() instanceof Inet6Address ipv6 && ipv6.isAnyLocalAddress();
        if (!isBoth) return List.of(configured);
        return List.of(configured, new InetSocketAddress(ANY_IPV4, configured.getPort()));
    }

    /// SO_REUSEPORT would let two name servers of one user share an address unawares.
    ///
    /// @throws ListenException if one of the addresses is another socket's already
    static void refuseTaken(InetSocketAddress configured) throws IOException {
        for (InetSocketAddress each : of(configured)) {
            try (var probe = new DatagramSocket(null)) {
                probe.setReuseAddress(false);
                probe.bind(each);
            } catch (IOException e) {
                throw new ListenException(each, "udp", e);
            }
        }
    }
}
