package meridian.simulation;

import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import meridian.dns.ready.Serving;
import meridian.health.WatchKey;
import meridian.topology.Monitor;
import meridian.topology.Node;
import meridian.topology.NodeId;
import meridian.topology.Region;
import meridian.topology.RegionId;
import meridian.topology.SelfTest;
import meridian.topology.Service;

/// What a seed draws but the faults: the fleet, its configurations, its clients, and how long it is
/// looked at.
///
/// @param targets everything that is watched under any configuration
/// @param first what all nodes begin with
/// @param next what some are given while it runs
/// @param bad makes one that cannot be served, and so throws
/// @param clients one address for each network that prefers other regions
/// @param length in nanoseconds
record Scenario(
        long seed,
        List<Node> nodes,
        List<Region> regions,
        List<Target> targets,
        Settings first,
        Settings next,
        Supplier<Serving> bad,
        List<Caller> clients,
        long length) {

    /// Something that is watched.
    record Target(InetAddress address, RegionId region, Monitor monitor, WatchKey key) {
        @Override
        public String toString() {
            return address.getHostAddress() + " in " + region;
        }
    }

    /// A configuration, compiled.
    ///
    /// @param hash what beats carry of it
    /// @param watched positions of the targets that it wants watched, in its order
    /// @param selfTests of each node, by its position
    record Settings(
            String hash,
            Serving serving,
            SequencedSet<Integer> watched,
            List<SelfTest> selfTests) {}

    /// Someone who asks, and the order in which the operator wants such clients to go.
    record Caller(InetAddress address, List<RegionId> order) {}

    Scenario {
        nodes = List.copyOf(nodes);
        regions = List.copyOf(regions);
        targets = List.copyOf(targets);
        clients = List.copyOf(clients);
    }

    /// The regions by address: the other way round than answers are made.
    Map<InetAddress, RegionId> homes() {
        return targets.stream()
                .collect(Collectors.toMap(Target::address, Target::region, (one, _) -> one));
    }

    Map<InetAddress, WatchKey> keys() {
        return targets.stream()
                .collect(Collectors.toMap(Target::address, Target::key, (one, _) -> one));
    }

    /// All services, as the first configuration has them.
    Collection<Service> services() {
        return first.serving().topology().services().values();
    }

    Map<WatchKey, Integer> positions() {
        return IntStream.range(0, targets.size())
                .boxed()
                .collect(Collectors.toMap(index -> targets.get(index).key(), index -> index));
    }

    NodeId node(int index) {
        return nodes.get(index).id();
    }

    RegionId region(int index) {
        return regions.get(index).id();
    }

    Target target(int index) {
        return targets.get(index);
    }

    String service(int index) {
        return services().stream().skip(index).findFirst().orElseThrow().id().name();
    }

    String nodes(Collection<Integer> indices) {
        return new TreeSet<>(indices)
                .stream().map(index -> node(index).name()).collect(Collectors.joining(", "));
    }

    /// `5 nodes, 3 regions, 18 endpoints, 187.000 s`
    String text() {
        return nodes.size()
                + " nodes, "
                + regions.size()
                + " regions, "
                + targets.size()
                + " endpoints, "
                + Times.text(length);
    }
}
