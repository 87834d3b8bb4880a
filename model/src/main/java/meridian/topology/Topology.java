package meridian.topology;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/// Everything the configuration says of the fleet, in its order: who answers, from where, for what.
///
/// Whoever makes this value has checked that every name used in it is defined in it.
public record Topology(
        SequencedMap<NodeId, Node> nodes,
        SequencedMap<RegionId, Region> regions,
        SequencedMap<ServiceId, Service> services,
        Agreement agreement) {

    public Topology {
        nodes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(nodes));
        regions = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(regions));
        services = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(services));
    }

    /// The same from lists, whose members know their ids.
    public static Topology of(
            Collection<Node> nodes,
            Collection<Region> regions,
            Collection<Service> services,
            Agreement agreement) {
        return new Topology(
                byId("node", nodes, Node::id),
                byId("region", regions, Region::id),
                byId("service", services, Service::id),
                agreement);
    }

    /// The nodes that vote.
    public List<Node> vantages() {
        return nodes.values().stream().filter(Node::isVantage).toList();
    }

    /// Where nodes listen for one another.
    public List<InetSocketAddress> meetingPoints() {
        return nodes.values().stream().flatMap(node -> node.cluster().stream()).toList();
    }

    public Optional<Region> region(RegionId id) {
        return Optional.ofNullable(regions.get(id));
    }

    private static <K, V> SequencedMap<K, V> byId(
            String kind, Collection<V> values, Function<V, K> id) {
        var map = new LinkedHashMap<K, V>();
        for (V value : values) {
            V before = map.put(id.apply(value), value);
            if (before != null)
                throw new IllegalArgumentException(
                        kind + " " + id.apply(value) + " is defined twice");
        }
        return map;
    }
}
