package meridian.config;

import java.time.Duration;

/// What a name server allows its peers.
///
/// @param udpPayload octets of the largest UDP response, 512 to 4096
/// @param tcpIdle how long a TCP connection may be silent
/// @param tcpConnections how many TCP connections in all
/// @param tcpConnectionsPerClient how many from one address
public record DnsLimits(
        int udpPayload, Duration tcpIdle, int tcpConnections, int tcpConnectionsPerClient) {

    public static final DnsLimits DEFAULT = new DnsLimits(1232, Duration.ofSeconds(10), 4000, 40);

    public DnsLimits {
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
