package meridian.dns.transport;

import java.time.Duration;

/// How much of the server TCP clients may hold (RFC 7766 §6.2).
///
/// @param idle a connection on which nothing was asked or taken for so long is closed
/// @param connections in all
/// @param connectionsPerClient from one address of IPv4, or one network /56 of IPv6
public record TcpLimits(Duration idle, int connections, int connectionsPerClient) {

    public TcpLimits {
        if (idle.isNegative() || idle.isZero()) {
            throw new IllegalArgumentException(
                    "the idle timeout of TCP connections is " + idle + "; more than 0 is accepted");
        }
        if (connections < 1 || connectionsPerClient < 1) {
            throw new IllegalArgumentException(
                    "the limits on TCP connections are "
                            + connections
                            + " in all and "
                            + connectionsPerClient
                            + " per client; 1 and more is accepted");
        }
    }
}
