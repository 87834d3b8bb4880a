package meridian.config;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import meridian.config.source.Problems;
import meridian.config.source.Spot;
import meridian.config.source.Tree;
import meridian.topology.Node;
import meridian.topology.RegionId;
import meridian.topology.Service;

/// Whether the nodes make a fleet: each reachable at its own address, and enough of them left to
/// agree when a region is lost.
final class FleetChecks {

    private final Problems problems;
    private final SequencedMap<String, Tree> nodeTrees;
    private final SequencedMap<String, Tree> regionTrees;

    FleetChecks(
            Problems problems,
            SequencedMap<String, Tree> nodeTrees,
            SequencedMap<String, Tree> regionTrees) {
        this.problems = problems;
        this.nodeTrees = nodeTrees;
        this.regionTrees = regionTrees;
    }

    void check(
            List<Node> nodes,
            List<Service> services,
            boolean hasTokens,
            boolean hasKey,
            boolean hasCertificate) {
        if (nodeTrees.isEmpty()) return;
        checkShared("cluster", nodes, Node::cluster);
        checkShared("api", nodes, node -> node.api().filter(FleetChecks::isOfOneMachine));
        warnOfLostQuorum(nodes.stream().filter(Node::isVantage).toList());
        if (!services.isEmpty()) warnOfIdleRegions(nodes, services);
        for (Node node : nodes) {
            if (nodes.size() > 1) warnOfDeafness(node);
            if (!hasTokens) refuseOpenApi(node);
            if (!hasCertificate && node.isEncrypted()) refuseUnproven(node);
        }
        if (!hasKey) warnOfMissingKey(nodes);
    }

    /// Where queries are answered may be one address for many nodes (anycast).
    private void checkShared(
            String key, List<Node> nodes, Function<Node, Optional<InetSocketAddress>> address) {
        var taken = new HashMap<InetSocketAddress, Node>();
        for (Node node : nodes) {
            Optional<Node> before =
                    address.apply(node)
                            .flatMap(it -> Optional.ofNullable(taken.putIfAbsent(it, node)));
            before.ifPresent(other -> refuseShared(key, node, other));
        }
    }

    /// Loopback and wildcard addresses are another machine's for each machine.
    private static boolean isOfOneMachine(InetSocketAddress listener) {
        return !listener.getAddress().isLoopbackAddress()
                && !listener.getAddress().isAnyLocalAddress()
                && listener.getPort() != 0;
    }

    private void refuseUnproven(Node node) {
        problems.refuse(
                spot(node, node.tls().isEmpty() ? "quic" : "tls"),
                "is given, and nothing to show to who comes there",
                "dns.tls { certificate = \"tls.pem\", key = \"tls.key\" } is accepted");
    }

    private void refuseShared(String key, Node node, Node before) {
        problems.refuse(
                spot(node, key),
                "is the " + key + " address of node " + before.id() + " too",
                "each node has its own");
    }

    /// One vantage, or all of them in one region, is a choice that needs no warning of its own: a
    /// lone vantage decides alone, and `status` says so.
    private void warnOfLostQuorum(List<Node> vantages) {
        Set<RegionId> regions =
                vantages.stream().map(Node::region).collect(Collectors.toCollection(TreeSet::new));
        if (vantages.size() < 2) return;
        int needed = vantages.size() / 2 + 1;
        for (RegionId region : regions) {
            long left = vantages.stream().filter(node -> !node.region().equals(region)).count();
            String loss = "loss of region " + region + " leaves ";
            if (left < needed)
                warnOfRegion(
                        region,
                        loss
                                + left
                                + " of "
                                + vantages.size()
                                + " vantages, "
                                + needed
                                + " are needed");
            else if (regions.size() == 2)
                warnOfRegion(region, loss + "vantages in one region, 2 regions are needed");
        }
    }

    private void warnOfRegion(RegionId region, String wrong) {
        problems.warn(
                regionSpot(region),
                wrong,
                "a node with the role checker in another place (a witness) closes the gap");
    }

    private void warnOfIdleRegions(List<Node> nodes, List<Service> services) {
        regionTrees.forEach(
                (name, tree) -> {
                    if (!isUsed(name, nodes, services))
                        problems.warn(
                                tree.at(),
                                "has no node, and no service has a pool in it",
                                "a node or a pool uses it");
                });
    }

    private static boolean isUsed(String region, List<Node> nodes, List<Service> services) {
        return nodes.stream().anyMatch(node -> node.region().name().equals(region))
                || services.stream()
                        .flatMap(service -> service.pools().stream())
                        .anyMatch(pool -> pool.region().name().equals(region));
    }

    private void warnOfDeafness(Node node) {
        if (node.cluster().isEmpty())
            problems.warn(
                    spot(node, "cluster"),
                    "has no cluster address, so it neither hears the other nodes nor is heard",
                    "cluster = \"10.0.0.1:5701\" joins it");
    }

    private void refuseOpenApi(Node node) {
        if (node.api().filter(one -> !one.getAddress().isLoopbackAddress()).isPresent())
            problems.refuse(
                    spot(node, "api"),
                    "is open to others, and there is no token to know them by",
                    "api.tokens, or a loopback address such as 127.0.0.1:8053, is accepted");
    }

    /// Told once, for it is one thing to mend.
    private void warnOfMissingKey(List<Node> nodes) {
        List<Node> peers = nodes.stream().filter(node -> node.cluster().isPresent()).toList();
        if (peers.size() < 2) return;
        problems.warn(
                spot(peers.getFirst(), "cluster"),
                "and "
                        + (peers.size() == 2 ? "1 more node" : peers.size() - 1 + " more nodes")
                        + " need a cluster key, and there is none here; run refuses to start without",
                "cluster.key-file, or the environment variable "
                        + ClusterSection.KEY
                        + ", gives it");
    }

    private Spot spot(Node node, String key) {
        Tree tree = nodeTrees.getOrDefault(node.id().name(), nodeTrees.firstEntry().getValue());
        if (!(tree instanceof Tree.Block(var at, var fields))) return tree.at();
        Tree field = fields.get(key);
        return field == null ? at : field.at();
    }

    private Spot regionSpot(RegionId region) {
        Tree tree = regionTrees.get(region.name());
        return tree == null ? nodeTrees.firstEntry().getValue().at() : tree.at();
    }
}
