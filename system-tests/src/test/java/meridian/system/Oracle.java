package meridian.system;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Client networks drawn from a seed, with the order of regions that `nearest.py` gives each: a
/// program that shares no code with the one under test.
final class Oracle {

    /// How a network was placed: by coordinates, by its country's centroid, or not at all.
    enum Placed {
        CITY,
        COUNTRY,
        UNKNOWN
    }

    /// @param prefix its length
    /// @param order nearest first
    record Client(String network, int prefix, Placed placed, List<Site> order) {

        /// Whom a name server must send it to while these are dead.
        Site nearest(List<Site> dead) {
            return order.stream().filter(site -> !dead.contains(site)).findFirst().orElseThrow();
        }

        /// Such as `IPv6 city`, or `country`.
        String kind() {
            String family = network.contains(":") ? "IPv6 " : "IPv4 ";
            String word = placed.name().toLowerCase(Locale.ROOT);
            return placed == Placed.CITY ? family + word : word;
        }

        @Override
        public String toString() {
            return network + "/" + prefix + " (" + placed + " " + order + ")";
        }
    }

    private static final Path SCRIPT =
            Tree.ROOT.resolve("system-tests/src/test/resources/nearest.py");
    private static final Path COUNTRIES =
            Tree.ROOT.resolve("dns-server/src/main/resources/meridian/dns/geo/countries.txt");

    private static final int IPV4_PREFIX = 24;
    private static final int IPV6_PREFIX = 48;

    /// Of 102.224/11, GeoLite2 leaves out networks of which the registries tell the country.
    private static final int AFRICAN = 102;

    /// Where the registries have handed out IPv6 addresses; most of a random /32 in them is empty.
    private static final int[] IPV6_BLOCKS = {0x2400, 0x2600, 0x2800, 0x2a00, 0x2c00};

    private Oracle() {}

    /// 200 networks: 100 of IPv4 and 80 of IPv6 with coordinates, 10 of which only the country is
    /// known, and 10 that nothing knows.
    static List<Client> draw(long seed, List<Path> databases)
            throws IOException, InterruptedException {
        var left = new TreeMap<>(Map.of("IPv4 city", 100, "IPv6 city", 80));
        left.putAll(Map.of("country", 10, "unknown", 10));
        var drawn = new ArrayList<Client>();
        for (Client client : ask(candidates(new SplittableRandom(seed)), databases))
            if (left.merge(client.kind(), -1, Integer::sum) >= 0) drawn.add(client);
        if (left.values().stream().anyMatch(count -> count > 0))
            throw new AssertionError("seed " + seed + " draws too few networks: left are " + left);
        return drawn;
    }

    private static List<String> candidates(SplittableRandom random) {
        return Stream.of(
                        Stream.generate(() -> ipv4(random.nextInt(1, 224), 0, random)).limit(120),
                        Stream.generate(() -> ipv4(AFRICAN, 224, random)).limit(150),
                        Stream.generate(() -> ipv6(random)).limit(1400))
                .flatMap(some -> some)
                .distinct()
                .toList();
    }

    private static String ipv4(int first, int leastSecond, SplittableRandom random) {
        int second = random.nextInt(leastSecond, 256);
        return first + "." + second + "." + random.nextInt(256) + ".0";
    }

    private static String ipv6(SplittableRandom random) {
        int block = IPV6_BLOCKS[random.nextInt(IPV6_BLOCKS.length)] + random.nextInt(16);
        int second = random.nextInt(0x10000) & 0xfff8;
        return "%x:%x::".formatted(block, second);
    }

    private static List<Client> ask(List<String> addresses, List<Path> databases)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>(List.of("python3", SCRIPT.toString()));
        command.add(COUNTRIES.toString());
        databases.forEach(database -> command.add(database.toString()));
        command.add("--");
        for (Site site : Site.values())
            command.add(site.region() + "=" + site.location().replace(" ", ""));
        Run run = Run.of(Tree.ROOT, command, String.join("\n", addresses));
        if (run.status() != 0) throw new AssertionError("nearest.py failed: " + run.err());
        return run.out().lines().map(Oracle::client).toList();
    }

    private static Client client(String line) {
        String[] words = line.split(" ", -1);
        int prefix = words[0].contains(":") ? IPV6_PREFIX : IPV4_PREFIX;
        return new Client(
                words[0],
                prefix,
                Placed.valueOf(words[1].toUpperCase(Locale.ROOT)),
                Arrays.stream(words[2].split(",", -1)).map(Site::ofRegion).toList());
    }
}
