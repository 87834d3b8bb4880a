package meridian.dns.transport;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.List;

/// The addresses to open sockets on.
///
/// A socket on the wildcard address would let the system choose which address a UDP response comes
/// from, and a resolver drops what comes from another than it asked. So there is a socket for each
/// address; one that appears later is served after a restart.
final class ListenAddresses {

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
}
