package meridian.node.demo;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The configuration of the demo's fleet, written to be read.
///
/// @param nodes where each node listens, and its relays by the endpoint that they lead to
record FleetFile(Map<Place, NodePlan> nodes) {

    static final String ZONE =
            """
            ; What is the same for every client. shop.example.test is steered, and so not in here.
            $ORIGIN example.test.
            $TTL 300
            @        SOA   ns1 hostmaster 1 3600 600 86400 60
            @        NS    ns1
            @        TXT   "The zone of ./meridian demo"
            ns1      A     127.0.0.1
            """;

    /// Where a node listens.
    ///
    /// @param relays what it finds instead, by the address and port of an endpoint
    record NodePlan(
            InetSocketAddress dns,
            InetSocketAddress api,
            InetSocketAddress cluster,
            SequencedMap<String, InetSocketAddress> relays) {}

    String text() {
        return """
            # The fleet of ./meridian demo: three nodes as three processes of this machine.
            data-directory = data
            cluster { key-file = "cluster.key" }

            # The endpoints have addresses that are for documentation. What a node finds at one of them is
            # what it finds at the end of its relay: the demo closes relays to take a node's network away.
            nodes {
            %s}

            regions {
            %s}

            monitors {
              web {
                http { path = "/healthz", port = %d }
                interval = 500ms, timeout = 450ms, rise = 2, fall = 2
              }
            }

            zones { "example.test" { file = "example.test.zone" } }

            services {
              shop {
                names = ["shop.example.test"]
                ttl = 20s
                answers = 2
                monitor = web
                pools {
            %s    }
                steer = [{ to = [nearest] }]
              }
            }
            """
                .formatted(
                        forEach(this::node),
                        forEach(FleetFile::region),
                        Place.PORT,
                        forEach(FleetFile::pool));
    }

    private static String forEach(Function<Place, String> block) {
        return Arrays.stream(Place.values()).map(block).collect(Collectors.joining());
    }

    private String node(Place place) {
        NodePlan plan = Objects.requireNonNull(nodes.get(place));
        return """
              %s {
                region = %s, dns = ["%s"], api = "%s", cluster = "%s"
                reach {
            %s    }
              }
            """
                .formatted(
                        place.node(),
                        place.region(),
                        text(plan.dns()),
                        text(plan.api()),
                        text(plan.cluster()),
                        plan.relays().entrySet().stream()
                                .map(
                                        relay ->
                                                "      \"%s\" = \"%s\"%n"
                                                        .formatted(
                                                                relay.getKey(),
                                                                text(relay.getValue())))
                                .collect(Collectors.joining()));
    }

    private static String region(Place place) {
        return "  %-8s { location = %s }\n".formatted(place.region(), place.location());
    }

    private static String pool(Place place) {
        return "      %-8s { endpoints = [%s] }\n"
                .formatted(
                        place.region(),
                        place.endpoints().stream()
                                .map("{ v4 = \"%s\" }"::formatted)
                                .collect(Collectors.joining(", ")));
    }

    static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
