package meridian.topology;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One process of the fleet and where it listens.
///
/// @param dns listeners for queries, UDP and TCP alike
/// @param tls listeners for queries by TLS
/// @param quic listeners for queries by QUIC
/// @param cluster where the other nodes reach it; a node without one stands alone
public record Node(
        NodeId id,
        RegionId region,
        Set<Role> roles,
        List<InetSocketAddress> dns,
        List<InetSocketAddress> tls,
        List<InetSocketAddress> quic,
        Optional<InetSocketAddress> api,
        Optional<InetSocketAddress> cluster) {

    public Node {
        if (roles.isEmpty()) {
            throw new IllegalArgumentException(
                    "node " + id + " has no role; dns, checker and api are accepted");
        }
        roles = Set.copyOf(roles);
        dns = List.copyOf(dns);
        tls = List.copyOf(tls);
        quic = List.copyOf(quic);
    }

    /// One to which nobody comes encrypted.
    public Node(
            NodeId id,
            RegionId region,
            Set<Role> roles,
            List<InetSocketAddress> dns,
            Optional<InetSocketAddress> api,
            Optional<InetSocketAddress> cluster) {
        this(id, region, roles, dns, List.of(), List.of(), api, cluster);
    }

    /// Whether anybody may come encrypted.
    public boolean isEncrypted() {
        return !tls.isEmpty() || !quic.isEmpty();
    }

    /// Whether it listens where the other does.
    public boolean listensLike(Node other) {
        return dns.equals(other.dns)
                && tls.equals(other.tls)
                && quic.equals(other.quic)
                && api.equals(other.api)
                && cluster.equals(other.cluster);
    }

    /// Whether it votes: a node with the role checker is a vantage.
    public boolean isVantage() {
        return roles.contains(Role.CHECKER);
    }
}
