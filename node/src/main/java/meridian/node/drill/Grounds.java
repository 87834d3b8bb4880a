package meridian.node.drill;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import meridian.config.ConfigOutcome;
import meridian.config.ConfigReader;
import meridian.config.source.ConfigProblem;
import meridian.record.RecordType;
import meridian.topology.Check;
import meridian.topology.Endpoint;
import meridian.topology.Node;
import meridian.topology.Pool;
import meridian.topology.Service;
import meridian.topology.Topology;

/// The fleet that is drilled, as its configuration describes it: one service, asked for by A.
///
/// @param name of the service, as it is asked for
/// @param check what its endpoints are probed with
/// @param servers in the order of the configuration
/// @param answered the addresses of each region that answers name
/// @param probed the addresses of each region that are probed
record Grounds(
        String name,
        Check check,
        List<Server> servers,
        Map<String, Set<String>> answered,
        Map<String, Set<String>> probed) {

    /// One node that answers queries.
    record Server(String node, String region, InetSocketAddress dns, InetSocketAddress api) {

        @Override
        public String toString() {
            return node;
        }
    }

    /// Reads it off the file.
    ///
    /// @param service which; without one, the first that has a monitor and addresses
    /// @throws DrillException if the file is refused, or has nothing to drill
    static Grounds of(Path configuration, Optional<String> service) throws DrillException {
        return switch (new ConfigReader().read(configuration)) {
            case ConfigOutcome.Accepted(var accepted, var _) -> of(accepted.topology(), service);
            case ConfigOutcome.Refused(var problems, _) ->
                    throw new DrillException(
                            problems.stream()
                                    .map(ConfigProblem::toString)
                                    .collect(Collectors.joining("\n")));
        };
    }

    private static Grounds of(Topology topology, Optional<String> wanted) throws DrillException {
        List<Service> movable =
                topology.services().values().stream()
                        .filter(each -> each.monitor().isPresent())
                        .filter(each -> each.types().contains(RecordType.A))
                        .toList();
        if (movable.isEmpty())
            throw new DrillException(
                    "no service of this configuration has a monitor and IPv4 addresses, so that nothing can"
                            + " fail over");
        Service service =
                movable.stream()
                        .filter(each -> wanted.isEmpty() || wanted.get().equals(each.id().name()))
                        .findFirst()
                        .orElseThrow(() -> unknown(wanted.orElseThrow(), movable));
        var grounds =
                new Grounds(
                        service.names().getFirst().toString(),
                        service.monitor().orElseThrow().check(),
                        servers(topology),
                        byRegion(service, false),
                        byRegion(service, true));
        if (grounds.servers.isEmpty())
            throw new DrillException(
                    "no node of this configuration has both a DNS listener and an API to be looked at");
        return grounds;
    }

    private static DrillException unknown(String service, List<Service> movable) {
        return new DrillException(
                "there is no service "
                        + service
                        + " with a monitor and IPv4 addresses; there are "
                        + movable.stream()
                                .map(each -> each.id().name())
                                .collect(Collectors.joining(", ")));
    }

    private static List<Server> servers(Topology topology) {
        var servers = new ArrayList<Server>();
        for (Node node : topology.nodes().values()) {
            if (node.dns().isEmpty() || node.api().isEmpty()) continue;
            servers.add(
                    new Server(
                            node.id().name(),
                            node.region().name(),
                            node.dns().getFirst(),
                            node.api().get()));
        }
        return servers;
    }

    private static Map<String, Set<String>> byRegion(Service service, boolean probed) {
        var addresses = new TreeMap<String, Set<String>>();
        for (Pool pool : service.pools()) {
            for (Endpoint endpoint : pool.endpoints()) {
                if (!endpoint.destination().type().equals(RecordType.A)) continue;
                addresses
                        .computeIfAbsent(pool.region().name(), _ -> new HashSet<>())
                        .add(probed ? probedAddress(endpoint) : endpoint.destination().toString());
            }
        }
        return addresses;
    }

    private static String probedAddress(Endpoint endpoint) {
        return endpoint.probed().orElseThrow().getHostAddress();
    }

    /// @throws DrillException if the service has no backends there
    void refuseUnknown(String region) throws DrillException {
        if (answered.containsKey(region)) return;
        throw new DrillException(
                name
                        + " has no backends in "
                        + region
                        + "; it has some in "
                        + String.join(", ", answered.keySet()));
    }

    /// Every address that answers name.
    Set<String> allAnswered() {
        return answered.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    }

    /// The region that an address of an answer is in.
    Optional<String> region(String address) {
        return answered.entrySet().stream()
                .filter(region -> region.getValue().contains(address))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
