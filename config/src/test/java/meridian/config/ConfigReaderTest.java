package meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import meridian.record.DomainName;
import meridian.topology.AllDown;
import meridian.topology.Check;
import meridian.topology.Damping;
import meridian.topology.Endpoint;
import meridian.topology.Monitor;
import meridian.topology.Network;
import meridian.topology.Node;
import meridian.topology.NodeId;
import meridian.topology.RegionId;
import meridian.topology.Role;
import meridian.topology.Rule;
import meridian.topology.Service;
import meridian.topology.ServiceId;
import meridian.topology.Step;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The grammar as ARCHITECTURE.md shows it, and how files come together.
class ConfigReaderTest {

    private static final String ZONE =
            """
            @   300 SOA ns1 hostmaster 1 3600 600 86400 60
            @   300 NS  ns1
            ns1 300 A   192.0.2.53
            """;

    /// The configuration of the design page, word for word but for the geo files and the tokens.
    private static final String DESIGN =
            """
            nodes {                                                       # the whole fleet
              use1    { region = us-east,  dns = ["198.51.100.1:53"], api = "10.1.0.1:8053", cluster = "10.1.0.1:5701" }
              euw1    { region = eu-west,  dns = ["192.0.2.1:53"],    api = "10.2.0.1:8053", cluster = "10.2.0.1:5701" }
              witness { region = ap-south, roles = [checker],                                 cluster = "10.3.0.1:5701" }
            }
            cluster { key-file = "cluster.key" }
            api { tokens { ann { role = operator, hash = "sha256:0000000000000000000000000000000000000000000000000000000000000000" } } }
            regions {
              us-east  { location = [38.9, -77.0], capacity = 400, cells = [a, b] }
              eu-west  { location = [53.3,  -6.2], capacity = 300 }
              ap-south { location = [ 1.3, 103.8], capacity = 200, standby = true }
            }
            monitors {
              web { http { path = "/healthz", port = 8080, host = "www.example.com", expect = [200] }
                    interval = 1s, timeout = 500ms, rise = 2, fall = 2 }
            }
            clients  { office { networks = ["192.0.2.0/24"] }, europe { continents = [EU] } }
            templates { web { ttl = 20s, answers = 2, monitor = web, steer = [{ to = [nearest] }] } }
            zones    { "example.com" { file = "example.com.zone" } }
            services {
              shop {
                like  = web
                names = ["shop.example.com", "*.shop.example.com"]
                pools {
                  us-east  { min-up = 50%, endpoints = [{ v4 = "198.51.100.10", v6 = "2001:db8::10", cell = a, weight = 3 }] }
                  eu-west  { endpoints = [{ v4 = "192.0.2.10" }, { v4 = "192.0.2.11" }] }
                  ap-south { endpoints = [{ v4 = "203.0.113.10" }] }
                }
                steer = [
                  { for = office, to = [us-east], fence = true }               # never elsewhere
                  { for = europe, to = [{ eu-west = 95, us-east = 5 }, us-east] }
                  { to = [{ nearest = [us-east, eu-west], within = 3000km }] }
                ]
                all-down = fail-open
                guard { keep-regions = 1 }
              }
            }
            """;

    @TempDir private Path folder;

    private ConfigFolder config;

    @BeforeEach
    void writeDesign() throws IOException {
        config =
                new ConfigFolder(folder)
                        .with("meridian.conf", DESIGN)
                        .with("example.com.zone", ZONE)
                        .with("cluster.key", "0123456789abcdef0123456789abcdef\n");
    }

    private Service shop() {
        var shop = config.accepted().topology().services().get(new ServiceId("shop"));
        return java.util.Objects.requireNonNull(shop);
    }

    @Test
    void theConfigurationOfTheDesignPageIsAccepted() {
        assertThat(config.problems()).allMatch(line -> line.contains("warning"));
    }

    @Test
    void aServiceTakesWhatItsTemplateSaysUnlessItSaysSoItself() {
        assertThat(shop().ttl()).isEqualTo(Duration.ofSeconds(20));
        assertThat(shop().answers()).isEqualTo(2);
        assertThat(shop().policy().rules()).hasSize(3);
        assertThat(shop().names())
                .containsExactly(
                        DomainName.of("shop.example.com"), DomainName.of("*.shop.example.com"));
    }

    @Test
    void theTwoFamiliesOfAnEndpointAreTwoEndpoints() {
        List<Endpoint> endpoints = shop().pools().getFirst().endpoints();
        assertThat(endpoints)
                .extracting(endpoint -> endpoint.destination().toString())
                .containsExactly("198.51.100.10", "2001:db8::10");
        assertThat(endpoints).allMatch(endpoint -> endpoint.weight() == 3);
        assertThat(shop().pools().getFirst().minUp()).isEqualTo(50);
    }

    @Test
    void stepsAreARegionAWeightedSetOrTheNearest() {
        List<Rule> rules = shop().policy().rules();
        assertThat(rules.get(0).fence()).isTrue();
        assertThat(rules.get(0).to()).containsExactly(new Step.OneRegion(new RegionId("us-east")));
        assertThat(rules.get(1).to().getFirst()).isInstanceOf(Step.Weighted.class);
        assertThat(rules.get(2).to())
                .containsExactly(
                        new Step.Nearest(
                                List.of(new RegionId("us-east"), new RegionId("eu-west")),
                                OptionalDouble.of(3000)));
    }

    @Test
    void aMonitorSaysWhatToAskAndWhatToExpect() {
        var monitor = shop().monitor().orElseThrow();
        assertThat(monitor.timeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(monitor.check()).isInstanceOf(Check.Http.class);
        assertThat(((Check.Http) monitor.check()).expect()).containsExactly(200);
    }

    @Test
    void aMonitorDampsUnlessToldNotTo() throws IOException {
        assertThat(monitor("").damping()).contains(Damping.DEFAULT);
        assertThat(monitor("").hold()).isZero();
        assertThat(monitor("damping = off, hold = 10s,").damping()).isEmpty();
        assertThat(monitor("damping = off, hold = 10s,").hold()).hasSeconds(10);
        assertThat(monitor("damping { first = 20m },").damping())
                .contains(
                        new Damping(
                                5,
                                Duration.ofMinutes(20),
                                Duration.ofMinutes(20),
                                Duration.ofMinutes(10)));
    }

    private Monitor monitor(String more) throws IOException {
        config.with(
                "meridian.conf", DESIGN.replaceFirst("web \\{ http", "web { " + more + " http"));
        return shop().monitor().orElseThrow();
    }

    @Test
    void theOrderOfPoolsIsTheOrderOfTheFile() {
        assertThat(shop().pools())
                .extracting(pool -> pool.region().name())
                .containsExactly("us-east", "eu-west", "ap-south");
        assertThat(shop().allDown()).isEqualTo(new AllDown.FailOpen());
    }

    @Test
    void nodesHaveAllRolesUnlessTheySaySo() {
        Node witness = config.accepted().topology().nodes().get(new NodeId("witness"));
        assertThat(java.util.Objects.requireNonNull(witness).roles())
                .isEqualTo(Set.of(Role.CHECKER));
        assertThat(config.accepted().topology().vantages()).hasSize(3);
    }

    @Test
    void aNodeFindsWhatItProbesWhereItsReachSays() throws IOException {
        String reach = "reach { \"192.0.2.10:8080\" = \"127.0.0.1:9001\" }, cluster =";
        config.with("meridian.conf", DESIGN.replaceFirst("cluster =", reach));
        Configuration read = config.accepted();
        var endpoint = new InetSocketAddress(Network.addressOf("192.0.2.10"), 8080);
        var relay = new InetSocketAddress(Network.addressOf("127.0.0.1"), 9001);
        assertThat(read.route(new NodeId("use1")).apply(endpoint)).isEqualTo(relay);
        assertThat(read.route(new NodeId("euw1")).apply(endpoint)).isEqualTo(endpoint);
    }

    @Test
    void aCheckerTestsItselfByTheListenersOfOtherRegionsUnlessToldOtherwise() throws IOException {
        assertThat(references("euw1"))
                .as("not by one other region: it could not call that region down")
                .isEmpty();
        assertThat(references("witness")).containsExactly("198.51.100.1:53", "192.0.2.1:53");
        String fleet = "checker { references = [\"192.0.2.1:53\", \"203.0.113.9:443\"] }\n";
        config.with("meridian.conf", fleet + DESIGN);
        assertThat(references("euw1"))
                .as("not by its own region's")
                .containsExactly("203.0.113.9:443");
        assertThat(references("use1")).containsExactly("192.0.2.1:53", "203.0.113.9:443");
        String own = "references = [\"203.0.113.7:53\"], cluster =";
        config.with("meridian.conf", fleet + DESIGN.replaceFirst("cluster =", own));
        assertThat(references("use1")).containsExactly("203.0.113.7:53");
        config.with("meridian.conf", "checker { references = [] }\n" + DESIGN);
        assertThat(config.accepted().selfTest(new NodeId("use1")).references()).isEmpty();
    }

    private List<String> references(String node) {
        return config.accepted().selfTest(new NodeId(node)).references().stream()
                .map(one -> one.getAddress().getHostAddress() + ":" + one.getPort())
                .toList();
    }

    @Test
    void partsBesideTheMainFileAreReadAsIfTheyWereInIt() throws IOException {
        String whole = config.accepted().hash();
        int services = DESIGN.indexOf("services {");
        config.with("meridian.conf", "# a comment\n" + DESIGN.substring(0, services))
                .with("conf.d/shop.conf", DESIGN.substring(services));
        assertThat(config.accepted().hash()).isEqualTo(whole);
        assertThat(config.accepted().watchedFiles())
                .extracting(file -> folder.relativize(file).toString())
                .containsExactly(
                        "cluster.key",
                        "conf.d",
                        "conf.d/shop.conf",
                        "example.com.zone",
                        "meridian.conf");
    }

    @Test
    void whatSteersChangesTheHashAndSpacingDoesNot() throws IOException {
        String hash = config.accepted().hash();
        config.with("meridian.conf", DESIGN.replace(", ", " ,  "));
        assertThat(config.accepted().hash()).isEqualTo(hash);
        config.with("meridian.conf", DESIGN.replace("eu-west = 95", "eu-west = 94"));
        assertThat(config.accepted().hash()).isNotEqualTo(hash);
        config.with("meridian.conf", DESIGN).with("example.com.zone", ZONE + "x 300 A 192.0.2.7\n");
        assertThat(config.accepted().hash()).isNotEqualTo(hash);
    }

    @Test
    void theNetworksFileIsPartOfTheHash() throws IOException {
        config.with("meridian.conf", DESIGN + "geo { networks = \"networks.txt\" }\n")
                .with("networks.txt", "192.0.2.0/24 eu-west\n");
        String hash = config.accepted().hash();
        config.with("networks.txt", "192.0.2.0/25 eu-west\n");
        assertThat(config.accepted().hash()).isNotEqualTo(hash);
    }

    @Test
    void noSecretIsEverPrinted() {
        Configuration read = config.accepted();
        assertThat(read.cluster().key()).isPresent();
        assertThat(read.toString()).doesNotContain("0123456789abcdef");
    }

    @Test
    void theEmbeddedConfigurationServesThreeRegionsOnLoopback() {
        Configuration embedded = ConfigReader.readEmbedded();
        assertThat(embedded.topology().regions()).hasSize(3);
        assertThat(embedded.topology().services()).hasSize(1);
        assertThat(embedded.zones()).hasSize(1);
        assertThat(embedded.watchedFiles()).isEmpty();
    }
}
