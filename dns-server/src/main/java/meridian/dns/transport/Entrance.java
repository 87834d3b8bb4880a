package meridian.dns.transport;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import meridian.topology.Network;

/// What stands in a connection before its messages.
///
/// @param proxies networks of load balancers: what comes from there begins with the address of whom
///   it is from ([ProxyHeader]), and nothing that comes from elsewhere may
/// @param tls then, how clients are greeted; empty: they come in the clear
public record Entrance(List<Network> proxies, Optional<TlsHandshakes> tls) {

    /// Messages and nothing else.
    public static final Entrance OPEN = new Entrance(List.of(), Optional.empty());

    public Entrance {
        proxies = List.copyOf(proxies);
    }

    boolean isOfProxies(InetAddress address) {
        return proxies.stream().anyMatch(network -> network.contains(address));
    }
}
