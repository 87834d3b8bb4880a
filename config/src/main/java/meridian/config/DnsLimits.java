package meridian.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import meridian.topology.Network;

/// What a name server allows its peers, and how it reads from them.
///
/// @param udp by which system calls datagrams come and go
/// @param udpPayload octets of the largest UDP response, 512 to 4096
/// @param tcpIdle how long a TCP connection may be silent
/// @param tcpConnections how many TCP connections in all
/// @param tcpConnectionsPerClient how many from one address
/// @param proxies networks of load balancers, whose connections begin with whom they are from
/// @param rateLimit how much one client network is sent; empty: whatever it asks for
/// @param tells what it says of itself
/// @param tls what those are shown who come encrypted
public record DnsLimits(
        UdpWay udp,
        int udpPayload,
        Duration tcpIdle,
        int tcpConnections,
        int tcpConnectionsPerClient,
        List<Network> proxies,
        Optional<DnsRateLimit> rateLimit,
        DnsTells tells,
        Optional<TlsFiles> tls) {

    public static final DnsLimits DEFAULT =
            new DnsLimits(
                    UdpWay.BATCHED,
                    1232,
                    Duration.ofSeconds(10),
                    4000,
                    40,
                    List.of(),
                    Optional.empty(),
                    DnsTells.DEFAULT,
                    Optional.empty());

    /// See the transports of these names in `dns.transport`.
    public enum UdpWay {
        BATCHED,
        NETTY
    }

    public DnsLimits {
        proxies = List.copyOf(proxies);
        if (tcpConnectionsPerClient > tcpConnections) {
            throw new IllegalArgumentException(
                    "tcp-connections-per-client is "
                            + tcpConnectionsPerClient
                            + " and tcp-connections "
                            + tcpConnections
                            + "; as many as in all or fewer are accepted");
        }
    }
}
