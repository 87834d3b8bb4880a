package meridian.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// One zone, the regions that its steered names are answered with, and which client network goes
/// where: the same for every server, and for the benchmarks of the parts.
///
/// The plain names are `h0`, `h1`, …, the steered ones `g0`, `g1`, …. All is drawn from one seed,
/// so that two machines measure the same work.
///
/// @param networks the first octets of a /24, as a number, and its regions in order
public record Workload(Size size, SequencedMap<Integer, List<String>> networks) {

    public static final String ZONE = "gtm.test";

    /// An address each.
    static final SequencedMap<String, String> REGIONS = regions();

    private static final long SEED = 20261122;

    /// Networks that are beside one another mostly go the same way: a block is 2,048 of them.
    private static final int BLOCK_BITS = 11;

    private static final int ORDERS = 12;

    public Workload {
        networks = new LinkedHashMap<>(networks);
    }

    /// How much of everything.
    ///
    /// @param hosts plain names
    /// @param names steered names
    public record Size(int networks, int hosts, int names) {

        public static final Size FULL = new Size(250_000, 1_000, 100);

        /// For tests: quick to make.
        public static final Size SMALL = new Size(200, 20, 5);

        /// What a node has at least.
        static final Size BARE = new Size(0, 1, 1);
    }

    public static Workload of(Size size) {
        return new Workload(size, networks(size.networks(), new SplittableRandom(SEED)));
    }

    private static SequencedMap<String, String> regions() {
        var regions = new LinkedHashMap<String, String>();
        for (String region : List.of("use", "euw", "aps", "sae"))
            regions.put(region, "198.51.100." + (regions.size() + 1));
        return regions;
    }

    /// With the shape of a real map: one in ten differs from its neighbours.
    private static SequencedMap<Integer, List<String>> networks(int count, SplittableRandom draw) {
        List<List<String>> orders = IntStream.range(0, ORDERS).mapToObj(_ -> order(draw)).toList();
        var networks = new LinkedHashMap<Integer, List<String>>();
        while (networks.size() < count) {
            int block = draw.nextInt(1 << (24 - BLOCK_BITS)) << BLOCK_BITS;
            List<String> usual = orders.get(draw.nextInt(ORDERS));
            for (int left = draw.nextInt(1, 60); left > 0 && networks.size() < count; left--) {
                int network = block | draw.nextInt(1 << BLOCK_BITS);
                boolean differs = draw.nextInt(10) == 0;
                List<String> order = differs ? orders.get(draw.nextInt(ORDERS)) : usual;
                if (isUnicast(network >> 16)) networks.putIfAbsent(network, order);
            }
        }
        return networks;
    }

    private static List<String> order(SplittableRandom draw) {
        var left = new ArrayList<>(REGIONS.keySet());
        var order = new ArrayList<String>();
        while (!left.isEmpty()) order.add(left.remove(draw.nextInt(left.size())));
        return order;
    }

    private static boolean isUnicast(int firstOctet) {
        return firstOctet != 0 && firstOctet != 10 && firstOctet != 127 && firstOctet < 224;
    }

    static String network(int network) {
        return "%d.%d.%d.0/24".formatted(network >> 16, network >> 8 & 0xff, network & 0xff);
    }

    /// A network and its regions, a line.
    public String networksFile() {
        return lines("%s %s", ",");
    }

    /// The same in another server's words.
    String lines(String form, String separator) {
        return networks.entrySet().stream()
                .map(
                        line ->
                                form.formatted(
                                        network(line.getKey()),
                                        String.join(separator, line.getValue())))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /// Without the steered names.
    public String zone() {
        return "$ORIGIN "
                + ZONE
                + ".\n"
                + """
                $TTL 30
                @ SOA ns1 admin 1 3600 600 86400 30
                @ NS ns1
                @ NS ns2
                ns1 A 127.0.0.1
                ns2 A 127.0.0.1
                """
                + each(size.hosts(), host -> "h%d A 192.0.2.%d".formatted(host, host % 250 + 1));
    }

    /// With the steered names, as if every client were sent to the first region.
    String zoneOfFirstRegion() {
        String address = REGIONS.firstEntry().getValue();
        return zone() + each(size.names(), name -> "g" + name + " A " + address);
    }

    static String each(int count, IntFunction<String> line) {
        return IntStream.range(0, count)
                .mapToObj(i -> line.apply(i) + "\n")
                .collect(Collectors.joining());
    }

    /// Meridian's configuration of it: one node that answers queries and does nothing else.
    ///
    /// @param dns more settings of the section `dns`
    public String configuration(int port, String dns) {
        return configuration(onlyDns(port), dns, "", "");
    }

    /// The same with the zone signed.
    ///
    /// @param keys the folder of the zone's keys
    String signedConfiguration(int port, String keys, String denial) {
        String signing = "dnssec { keys = \"%s\", denial = %s }".formatted(keys, denial);
        return configuration(onlyDns(port), "", "", signing);
    }

    private static String onlyDns(int port) {
        return "roles = [dns], dns = [\"127.0.0.1:%d\"]".formatted(port);
    }

    /// Meridian's configuration of it.
    ///
    /// @param node the settings of its only node
    /// @param dns more settings of the section `dns`
    /// @param monitor how the regions' addresses are probed; nothing: they are not
    /// @param zone more settings of the zone
    String configuration(String node, String dns, String monitor, String zone) {
        String names =
                IntStream.range(0, size.names())
                        .mapToObj(name -> "\"g%d.%s\"".formatted(name, ZONE))
                        .collect(Collectors.joining(", "));
        String pools =
                REGIONS.entrySet().stream()
                        .map(
                                region ->
                                        "%s { endpoints = [{ v4 = \"%s\" }] }"
                                                .formatted(region.getKey(), region.getValue()))
                        .collect(Collectors.joining("\n    "));
        return """
        nodes { bench { region = use, %s } }
        dns { %s }
        regions {
          use { location = [38.9, -77.0] }
          euw { location = [53.3, -6.2] }
          aps { location = [1.3, 103.8] }
          sae { location = [-23.5, -46.6] }
        }
        geo { networks = "networks.txt" }
        zones { "%s" { file = "%s.zone", %s } }
        %s
        services { g {
          ttl = 30s
          %s
          names = [%s]
          pools {
            %s
          }
        } }
        """
                .formatted(
                        node,
                        dns,
                        ZONE,
                        ZONE,
                        zone,
                        monitor.isEmpty() ? "" : "monitors { backend { " + monitor + " } }",
                        monitor.isEmpty() ? "" : "monitor = backend",
                        names,
                        pools);
    }
}
