package meridian.node;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import meridian.config.Configuration;
import meridian.topology.Node;
import meridian.topology.NodeId;
import meridian.topology.RegionId;
import meridian.topology.Role;

/// Which part of the fleet a process is.
///
/// @param file empty: the embedded default
/// @param node as the configuration names it, or made up for a process that it does not name
/// @param isNamed whether the configuration names it: only then its disk is its own
record NodeOptions(Optional<Path> file, Node node, boolean isNamed) {

    /// What the command line said.
    ///
    /// @param roles empty: those of the configuration
    /// @param dns where to listen for queries, in place of the configuration's
    record Wish(
            Optional<Path> file,
            Optional<String> node,
            Set<Role> roles,
            List<InetSocketAddress> dns,
            Optional<InetSocketAddress> api,
            Optional<InetSocketAddress> cluster) {}

    /// Finds the process among the nodes of the configuration.
    ///
    /// @throws IllegalArgumentException naming what does not fit, and what does
    static NodeOptions of(Wish wish, Configuration configuration) {
        List<Node> nodes = List.copyOf(configuration.topology().nodes().values());
        if (wish.node().isPresent()) return named(wish, node(wish.node().get(), nodes));
        if (nodes.size() == 1 && wish.dns().isEmpty()) return named(wish, nodes.getFirst());
        return unnamed(wish, configuration);
    }

    /// The same process under another configuration, if that still has it.
    ///
    /// @throws IllegalArgumentException if it has not
    NodeOptions under(Configuration next) {
        if (!isNamed) return this;
        Node found = node(node.id().name(), List.copyOf(next.topology().nodes().values()));
        var same =
                new Node(
                        found.id(),
                        found.region(),
                        node.roles(),
                        found.dns(),
                        found.tls(),
                        found.quic(),
                        found.api(),
                        found.cluster());
        return new NodeOptions(file, same, true);
    }

    boolean has(Role role) {
        return node.roles().contains(role);
    }

    private static Node node(String name, List<Node> nodes) {
        return nodes.stream()
                .filter(node -> node.id().name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "the configuration has no node \""
                                                + name
                                                + "\"; "
                                                + nodes.stream()
                                                        .map(node -> node.id().name())
                                                        .toList()
                                                + " are accepted"));
    }

    private static NodeOptions named(Wish wish, Node node) {
        Set<Role> roles = wish.roles().isEmpty() ? node.roles() : wish.roles();
        var asked =
                new Node(
                        node.id(),
                        node.region(),
                        roles,
                        wish.dns().isEmpty() ? node.dns() : wish.dns(),
                        wish.dns().isEmpty() ? node.tls() : List.of(),
                        wish.dns().isEmpty() ? node.quic() : List.of(),
                        wish.api().or(node::api),
                        wish.cluster().or(node::cluster));
        return new NodeOptions(wish.file(), asked, true);
    }

    /// A vote must be somebody's: only nodes that the configuration names are counted on.
    private static NodeOptions unnamed(Wish wish, Configuration configuration) {
        if (wish.roles().isEmpty() || wish.roles().contains(Role.CHECKER)) {
            throw new IllegalArgumentException(
                    "without --node, --roles must be dns, api, or both;"
                            + " a checker votes, so the configuration must name it: --node one of "
                            + configuration.topology().nodes().keySet());
        }
        if (wish.roles().contains(Role.DNS) && wish.dns().isEmpty()) {
            throw new IllegalArgumentException(
                    "without --node, --listen says where to answer queries; ADDRESS:PORT is accepted");
        }
        RegionId anywhere = configuration.topology().regions().firstEntry().getKey();
        var id = new NodeId("unnamed-" + ProcessHandle.current().pid());
        return new NodeOptions(
                wish.file(),
                new Node(id, anywhere, wish.roles(), wish.dns(), wish.api(), wish.cluster()),
                false);
    }
}
