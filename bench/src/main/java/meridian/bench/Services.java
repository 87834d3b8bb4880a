package meridian.bench;

import java.net.InetAddress;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Many services, each with a name of its own and an address in each of three regions.
public record Services(int count) {

    static final String ZONE = Workload.ZONE;

    private static final int BITS = 8;
    private static final int OCTET = 0xff;

    /// What a node reads, by the names of its files.
    ///
    /// @param node the settings of its only node
    /// @param monitors with one of the name `backend`, all is probed by it; with none, nothing is
    public Map<String, String> files(String node, String monitors) {
        return Map.of(
                "meridian.conf",
                configuration(node, monitors),
                ZONE + ".zone",
                "@ 30 IN SOA ns1 admin 1 3600 600 86400 30\n@ 30 IN NS ns1\nns1 30 IN A 127.0.0.1\nh0 30 IN A 192.0.2.1\n");
    }

    /// What a node reads that only answers.
    public Map<String, String> unprobed() {
        return files("roles = [dns], dns = [\"127.0.0.1:0\"]", "");
    }

    /// What a node reads that probes each address by itself too.
    public Map<String, String> probed() {
        return files(
                "roles = [dns, checker], dns = [\"127.0.0.1:0\"]",
                "monitors { backend { tcp { port = 80 } } }");
    }

    /// Whether an address is in the first region.
    public static boolean isInFirstRegion(InetAddress address) {
        return region(address.getAddress()[1]) == 0;
    }

    private String configuration(String node, String monitors) {
        return """
        nodes { bench { region = use, %s } }
        regions {
          use { location = [38.9, -77.0] }
          usw { location = [37.9, -122.0] }
          euw { location = [53.3, -6.2] }
        }
        zones { "%s" { file = "%s.zone" } }
        %s
        services {
        %s
        }
        """
                .formatted(
                        node,
                        ZONE,
                        ZONE,
                        monitors,
                        IntStream.range(0, count)
                                .mapToObj(
                                        number ->
                                                service(
                                                        number,
                                                        monitors.isEmpty()
                                                                ? ""
                                                                : ", monitor = backend"))
                                .collect(Collectors.joining("\n")));
    }

    static String label(int number) {
        return "s" + number;
    }

    /// By the second octet of an address.
    static int region(byte octet) {
        return (octet & OCTET) >> 2;
    }

    private static String service(int number, String more) {
        return "s%d { names = [\"s%d.%s\"], ttl = 30s, pools { use { endpoints = [{ v4 = \"%s\" }] }, usw { endpoints = [{ v4 = \"%s\" }] }, euw { endpoints = [{ v4 = \"%s\" }] } }%s }"
                .formatted(
                        number,
                        number,
                        ZONE,
                        address(0, number),
                        address(1, number),
                        address(2, number),
                        more);
    }

    /// The second octet tells the region.
    private static String address(int region, int number) {
        return "10.%d.%d.%d"
                .formatted(
                        (region << 2) | (number >> (2 * BITS)),
                        (number >> BITS) & OCTET,
                        number & OCTET);
    }
}
