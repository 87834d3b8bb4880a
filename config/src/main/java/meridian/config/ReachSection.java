package meridian.config;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import meridian.config.source.Problems;
import meridian.config.source.Tree;
import meridian.topology.Check;
import meridian.topology.Endpoint;
import meridian.topology.Monitor;
import meridian.topology.Node;
import meridian.topology.NodeId;
import meridian.topology.Pool;
import meridian.topology.Role;
import meridian.topology.SelfTest;
import meridian.topology.Service;

/// The `reach { … }` of each node: where it finds what is probed at an address and port.
final class ReachSection {

    private final Problems problems;
    private final ListenAddress address;

    ReachSection(Problems problems) {
        this.problems = problems;
        this.address = new ListenAddress(problems);
    }

    /// @param section the nodes as they are written
    /// @param selfTests whose references are probed too
    SequencedMap<NodeId, Map<InetSocketAddress, InetSocketAddress>> read(
            SequencedMap<String, Tree> section,
            List<Node> nodes,
            List<Service> services,
            Collection<SelfTest> selfTests) {
        Set<InetSocketAddress> probed = probed(services);
        selfTests.forEach(test -> probed.addAll(test.references()));
        var reach = new LinkedHashMap<NodeId, Map<InetSocketAddress, InetSocketAddress>>();
        for (Node node : nodes) {
            Optional.ofNullable(section.get(node.id().name()))
                    .flatMap(tree -> Fields.of(tree, Schema.NODE, problems))
                    .filter(fields -> fields.has("reach"))
                    .ifPresent(fields -> reach.put(node.id(), reachOf(node, fields, probed)));
        }
        return reach;
    }

    private Map<InetSocketAddress, InetSocketAddress> reachOf(
            Node node, Fields fields, Set<InetSocketAddress> probed) {
        if (!node.roles().contains(Role.CHECKER))
            problems.refuse(
                    fields.at("reach"),
                    "is given, but the node has not the role checker",
                    "the role, or no reach, is accepted");
        var reach = new LinkedHashMap<InetSocketAddress, InetSocketAddress>();
        fields.named("reach").forEach((key, tree) -> readOne(key, tree, reach, probed));
        return reach;
    }

    private void readOne(
            String key,
            Tree tree,
            Map<InetSocketAddress, InetSocketAddress> reach,
            Set<InetSocketAddress> probed) {
        var written = new Tree.Scalar(tree.at(), Tree.Scalar.Kind.TEXT, key);
        Optional<InetSocketAddress> target = address.read(written, 1);
        Optional<InetSocketAddress> found = address.read(tree, 1);
        if (target.isEmpty() || found.isEmpty()) return;
        if (reach.putIfAbsent(target.get(), found.get()) != null)
            problems.refuse(
                    tree.at(),
                    "is given twice, in two spellings",
                    "each address with a port is accepted once");
        if (!probed.contains(target.get()))
            problems.warn(
                    tree.at(),
                    "nothing is probed at " + key,
                    "the address that is probed of an endpoint, with its monitor's port, or a"
                            + " reference of the self-test, is accepted");
    }

    private static Set<InetSocketAddress> probed(List<Service> services) {
        var probed = new HashSet<InetSocketAddress>();
        for (Service service : services)
            for (Pool pool : service.pools())
                for (Endpoint endpoint : pool.endpoints())
                    probed(endpoint, service.monitor()).ifPresent(probed::add);
        return probed;
    }

    private static Optional<InetSocketAddress> probed(
            Endpoint endpoint, Optional<Monitor> monitor) {
        return monitor.flatMap(
                one -> endpoint.probed().map(to -> new InetSocketAddress(to, portOf(one.check()))));
    }

    private static int portOf(Check check) {
        return switch (check) {
            case Check.Http http -> http.portOrDefault();
            case Check.Tcp(int port) -> port;
        };
    }
}
