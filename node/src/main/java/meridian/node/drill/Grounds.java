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
import meridian.topology.Endpoint;
import meridian.topology.Node;
import meridian.topology.Pool;
import meridian.topology.Service;
import meridian.topology.Topology;

/// The fleet that is drilled, as its configuration describes it: one service, asked for by A.
///
/// @param name of the service, as it is asked for
/// @param servers in the order of the configuration
/// @param answered the addresses of each region that answers name
/// @param probed the addresses of each region that are probed
record Grounds(
        String name,
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

    /// Reads it off the file, and its first service that has a monitor and addresses.
    ///
    /// @throws DrillException if the file is refused, or has nothing to drill
    static Grounds of(Path configuration) throws DrillException {
        return switch (new ConfigReader().read(configuration)) {
            case ConfigOutcome.Accepted(var accepted, var _) -> of(accepted.topology());
            case ConfigOutcome.Refused(var problems, _) ->
                    throw new DrillException(
                            problems.stream()
                                    .map(ConfigProblem::toString)
                                    .collect(Collectors.joining("\n")));
        };
    }

    private static Grounds of(Topology topology) throws DrillException {
        Service service =
                topology.services().values().stream()
                        .filter(each -> each.monitor().isPresent())
                        .filter(each -> each.types().contains(RecordType.A))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new DrillException(
                                                "no service of this configuration has a monitor and IPv4"
                                                        + " addresses, so that nothing can fail over"));
        var grounds =
                new Grounds(
                        service.names().getFirst().toString(),
                        servers(topology),
                        byRegion(service, false),
                        byRegion(service, true));
        if (grounds.servers.isEmpty())
            throw new DrillException(
                    "no node of this configuration has both a DNS listener and an API to be looked at");
        return grounds;
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

    /// The region that an address of an answer is in.
    Optional<String> region(String address) {
        return answered.entrySet().stream()
                .filter(region -> region.getValue().contains(address))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
