package meridian.node;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import meridian.config.ClusterSettings;
import meridian.config.Secret;
import meridian.topology.Node;

/// What a node and its peers sign with.
final class PeerKeys {

    private PeerKeys() {}

    /// A node that stands alone signs for nobody, and with a key that nobody knows.
    ///
    /// @throws IOException if it has peers, and no key
    static List<byte[]> of(Node node, ClusterSettings cluster) throws IOException {
        List<byte[]> configured =
                Stream.of(cluster.key(), cluster.secondKey())
                        .flatMap(Optional::stream)
                        .map(Secret::octets)
                        .toList();
        if (!configured.isEmpty()) return configured;
        if (node.cluster().isPresent()) {
            throw new IOException(
                    "node "
                            + node.id()
                            + " has peers and no key to know them by;"
                            + " cluster.key-file or the environment's MERIDIAN_CLUSTER_KEY is accepted");
        }
        byte[] key = new byte[Secret.SHORTEST];
        new SecureRandom().nextBytes(key);
        return List.of(key);
    }
}
