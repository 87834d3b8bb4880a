package meridian.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.ReverseMap;

/// What the programs that people have their zones inspected by find in a signed zone with steered
/// names: nothing.
///
/// They walk down from a root, which is a second node, on an [Island] where both have public
/// addresses and port 53. So nothing they say is about where the test runs, and there is nothing to
/// be left out of it.
@Needs({Tool.DNSVIZ, Tool.ZONEMASTER, Tool.ROOT})
@ParameterizedClass
@ValueSource(strings = {"nsec", "nsec3"})
@SuppressWarnings("NullAway.Init") // the fields are set before each denial's tests
class InspectorsIT {

    private static final List<String> HOME =
            List.of(
                    "9.9.9.53",
                    "2620:fe::53",
                    "149.112.112.53",
                    "2620:fe:0:1::53",
                    "9.9.9.10",
                    "2620:fe::10");

    private static final String ROOT_HINTS =
            """
            .                     3600 NS   ns.root-servers.net.
            ns.root-servers.net.  3600 A    9.9.9.10
            ns.root-servers.net.  3600 AAAA 2620:fe::10
            """;

    private static final String ADDRESSES =
            """
            ns1.example.com. 3600 A    9.9.9.53
            ns1.example.com. 3600 AAAA 2620:fe::53
            ns2.example.com. 3600 A    149.112.112.53
            ns2.example.com. 3600 AAAA 2620:fe:0:1::53
            """;

    private static final String CHILD =
            """
            $TTL 1h
            @    SOA ns1.example.com. hostmaster.example.com. 1 4h 1h 2w 5m
            @    NS  ns1.example.com.
            @    NS  ns2.example.com.
            www  A   9.9.9.50
            """;

    private static final String ZONE =
            """
            $TTL 1h
            @         SOA   ns1 hostmaster 1 4h 1h 2w 5m
            @         NS    ns1
            @         NS    ns2
            @         MX    10 mail
            mail      A     9.9.9.25
            alias     CNAME mail
            shop      CNAME www
            old       DNAME new
            x.new     A     9.9.9.30
            *.wild    A     9.9.9.31
            *.links   CNAME www
            a.empty   A     9.9.9.32
            insecure  NS    ns1
            insecure  NS    ns2
            signed    NS    ns1
            signed    NS    ns2
            """;

    private static final String SERVICES =
            """
            services {
              www {
                names = ["example.com", "www.example.com", "*.steered.example.com"]
                pools {
                  us-east { endpoints = [{ v4 = "9.9.9.1" }, { v4 = "9.9.9.2" }, { v4 = "9.9.9.3" }] }
                  eu-west { endpoints = [{ v4 = "149.112.112.1", v6 = "2620:fe::1" }] }
                }
                steer = [{ to = [us-east, eu-west] }]
              }
            }
            """;

    /// Of each kind that the zone has, and of each that it has not.
    private static final List<String> NAMES =
            List.of(
                    "example.com",
                    "www.example.com",
                    "n.steered.example.com",
                    "shop.example.com",
                    "n.links.example.com",
                    "n.wild.example.com",
                    "alias.example.com",
                    "x.old.example.com",
                    "empty.example.com",
                    "nowhere.example.com",
                    "www.signed.example.com",
                    "www.insecure.example.com");

    /// All others are about something.
    private static final Set<String> SAYS_NOTHING = Set.of("DEBUG", "DEBUG2", "DEBUG3", "INFO");

    @TempDir private static Path parent;

    @Parameter private String denial;

    private static Path folder;
    private static Island island;
    private static final List<MeridianProcess> NODES = new ArrayList<>();

    @BeforeParameterizedClassInvocation
    static void start(String denial) throws Exception {
        folder = Files.createDirectory(parent.resolve(denial));
        island = Island.with(HOME);
        List<String> ds = keys();
        String ofChild = ds.stream().filter(line -> line.startsWith("signed.")).findFirst().get();
        String ofZone = ds.stream().filter(line -> line.startsWith("example.")).findFirst().get();
        Files.writeString(folder.resolve("example.com.zone"), ZONE + ADDRESSES + ofChild + "\n");
        Files.writeString(folder.resolve("child.zone"), CHILD);
        Files.writeString(folder.resolve("hints"), ROOT_HINTS);
        Files.writeString(folder.resolve("root.zone"), rootZone(ofZone));
        String signed = "dnssec { keys = \"keys\", denial = " + denial + " }";
        run(
                "ours",
                "\"9.9.9.53:53\", \"[2620:fe::53]:53\", \"149.112.112.53:53\", \"[2620:fe:0:1::53]:53\"",
                """
                zones {
                  "example.com" { file = "example.com.zone", %s }
                  "signed.example.com" { file = "child.zone", %s }
                  "insecure.example.com" { file = "child.zone" }
                }
                """
                                .formatted(signed, signed)
                        + SERVICES);
        run(
                "root",
                "\"9.9.9.10:53\", \"[2620:fe::10]:53\"",
                "zones { \".\" { file = \"root.zone\" } }");
        for (MeridianProcess node : NODES) node.awaitLogLine("runs.");
    }

    /// Those of all zones.
    private static List<String> keys() throws Exception {
        keys("make", "example.com");
        keys("make", "signed.example.com", "--csk");
        return keys("ds").lines().toList();
    }

    private static String keys(String word, String... more) throws Exception {
        var words = new ArrayList<String>(List.of("keys", word));
        words.addAll(List.of(more));
        words.addAll(List.of("--dir", folder.resolve("keys").toString()));
        Run run = Run.meridian(folder, words.toArray(String[]::new));
        assertThat(run.status()).as(run.err()).isZero();
        return run.out();
    }

    private static String rootZone(String ds) throws IOException {
        return """
               . 3600 SOA ns.root-servers.net. hostmaster.root-servers.net. 1 4h 1h 2w 5m
               example.com. 3600 NS ns1.example.com.
               example.com. 3600 NS ns2.example.com.
               """
                + ROOT_HINTS
                + ADDRESSES
                + reverse()
                + ds
                + "\n";
    }

    private static String reverse() throws IOException {
        var pointers = new StringBuilder();
        for (String line : ADDRESSES.lines().toList()) {
            String[] words = line.split(" +", 4);
            pointers.append(ReverseMap.fromAddress(words[3]))
                    .append(" 3600 PTR ")
                    .append(words[0])
                    .append('\n');
        }
        return pointers.toString();
    }

    private static void run(String name, String addresses, String settings) throws IOException {
        Path config = folder.resolve(name + ".conf");
        Files.writeString(
                config,
                """
                nodes { %s { region = us-east, dns = [%s], api = "127.0.0.1:%d" } }
                regions { us-east { location = [38.9, -77.0] }, eu-west { location = [53.3, -6.2] } }
                %s
                """
                        .formatted(name, addresses, FreePorts.take(), settings));
        NODES.add(MeridianProcess.on(island, config, name, folder));
    }

    @AfterParameterizedClassInvocation
    static void end() {
        NODES.forEach(MeridianProcess::close);
        NODES.clear();
        if (island != null) island.close();
    }

    @Test
    void zonemasterFindsNothing() throws Exception {
        assertThat(zonemaster()).isEmpty();
    }

    @Test
    void zonemasterFindsWhatIsWrong() throws Exception {
        assertThat(zonemaster("--ds", "1,13,2," + "00".repeat(32)))
                .anyMatch(finding -> finding.contains("DS02_NO_"));
    }

    /// What it says of the zone, from its walk down from the root, that is not praise.
    private List<String> zonemaster(String... more) throws Exception {
        var words =
                new ArrayList<>(
                        List.of(
                                Tool.ZONEMASTER.path().orElseThrow().toString(),
                                "--hints",
                                "hints",
                                "--level",
                                "INFO",
                                "--json",
                                "--raw",
                                "--no-time"));
        words.addAll(List.of(more));
        words.add("example.com");
        Run run = Run.of(folder, Map.of(), island.there(words));
        var said = new ObjectMapper().readTree(run.out());
        assertThat(said.findValuesAsText("tag"))
                .as(run.out() + run.err())
                .contains("HAS_PARENT", "DS10_HAS_" + denial.toUpperCase(Locale.ROOT));
        return StreamSupport.stream(said.spliterator(), false)
                .filter(one -> !SAYS_NOTHING.contains(one.path("level").asText()))
                .map(Object::toString)
                .toList();
    }

    @Test
    void dnsvizFindsNothing() throws Exception {
        String found = dnsviz();
        assertThat(found.lines().filter(line -> line.matches(" *[EW]:.*"))).as(found).isEmpty();
        assertThat(found.lines().filter(line -> line.matches(".*\\[.?[!?]].*")))
                .as(found)
                .isEmpty();
        assertThat(NAMES).allMatch(name -> found.contains("\n" + name), found);
    }

    /// The text and not what is for programs: `dnsviz grok`, of Debian 12, cannot be started with
    /// the pygraphviz of Debian 12.
    private static String dnsviz() throws Exception {
        String program = Tool.DNSVIZ.path().orElseThrow().toString();
        var probe = new ArrayList<>(List.of(program, "probe", "-A", "-a", ".", "-o", "probe.json"));
        probe.addAll(List.of("-x", ".+:ns.root-servers.net=9.9.9.10"));
        probe.addAll(NAMES);
        Run probed = Run.of(folder, Map.of(), island.there(probe));
        assertThat(probed.status()).as(probed.err()).isZero();
        var print = List.of(program, "print", "-t", anchor().toString(), "-r", "probe.json");
        Run printed = Run.of(folder, Map.of(), print);
        assertThat(printed.status()).as(printed.err()).isZero();
        return printed.out();
    }

    private static Path anchor() throws IOException {
        try (var files = Files.list(folder.resolve("keys"))) {
            for (Path file : files.filter(it -> it.toString().endsWith(".key")).toList())
                if (file.getFileName().toString().startsWith("Kexample.com.")
                        && Files.readString(file).contains(" 257 ")) return file;
        }
        throw new AssertionError("there is no key to trust in " + folder);
    }
}
