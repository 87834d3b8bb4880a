package meridian.dns.ready;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import meridian.dns.Client;
import meridian.dns.SteeredAnswers;
import meridian.dns.geo.Atlas;
import meridian.dns.wire.ClientSubnet;
import meridian.dns.zone.Lookup;
import meridian.health.Health;
import meridian.health.Tally;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.intent.Intents;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.Agreement;
import meridian.topology.AllDown;
import meridian.topology.Comeback;
import meridian.topology.Coordinates;
import meridian.topology.Destination;
import meridian.topology.Endpoint;
import meridian.topology.GuardLimits;
import meridian.topology.Network;
import meridian.topology.Node;
import meridian.topology.NodeId;
import meridian.topology.Policy;
import meridian.topology.Pool;
import meridian.topology.Region;
import meridian.topology.RegionId;
import meridian.topology.Role;
import meridian.topology.Service;
import meridian.topology.ServiceId;
import meridian.topology.Topology;
import org.junit.jupiter.api.Test;

class ExplanationLinesTest {

    private static final NodeId SELF = new NodeId("n1");
    private static final RegionId US = new RegionId("us-east");
    private static final RegionId EU = new RegionId("eu-west");
    private static final DomainName SHOP = DomainName.of("shop.example.com");
    private static final List<Network> ASKERS = List.of(Network.of("198.51.100.0/24"));
    private static final Client OPERATOR =
            new Client(InetAddress.ofLiteral("198.51.100.9"), Optional.empty());
    private static final int WORLDS = 30;

    private final Edition edition =
            edition(Serving.of(topology(), RandomFleet.zones(), Atlas.EMPTY));
    private final ExplanationLines explanations = new ExplanationLines(ASKERS, () -> edition);

    @Test
    void theChoiceEachRegionAndEachEndpointHaveALine() {
        assertThat(explanations.lines(SHOP, OPERATOR, 0).orElseThrow())
                .containsExactly(
                        "A for 198.51.100.9/32: 192.0.2.2 in eu-west, because an active region is up",
                        "A by shop.example.com., service shop, no rule is for this client; holds for 20 s, for all within /0",
                        "A 1 us-east: down; 0 of 1 endpoints up, 1 needed; rejected: down",
                        "A 2 eu-west: up; 1 of 1 endpoints up, 1 needed; answered",
                        "A us-east 192.0.2.1 is down",
                        "A eu-west 192.0.2.2 is up",
                        "shop.example.com. exists and has no AAAA");
    }

    @Test
    void whoTellsASubnetIsToldOfThatSubnet() {
        byte[] address = {(byte) 203, 0, 113, 0};
        var subnet = new ClientSubnet(ClientSubnet.IPV4, address, 24, 0);
        var asked = new Client(OPERATOR.resolver(), Optional.of(subnet));
        assertThat(explanations.lines(SHOP, asked, 0).orElseThrow().getFirst())
                .startsWith("A for 203.0.113.0/24: ");
    }

    @Test
    void whatIsNotSteeredHasOneLineThatSaysSo() {
        assertThat(explanations.lines(DomainName.of("www.example.net"), OPERATOR, 0))
                .contains(List.of("no zone here holds www.example.net."));
    }

    @Test
    void whoIsOfNoNetworkOfTheListIsToldNothing() {
        byte[] address = {(byte) 198, 51, 100, 0};
        var subnet = new ClientSubnet(ClientSubnet.IPV4, address, 24, 0);
        for (String resolver : List.of("198.51.101.9", "2001:db8::9")) {
            var other = new Client(InetAddress.ofLiteral(resolver), Optional.of(subnet));
            assertThat(explanations.lines(SHOP, other, 0)).isEmpty();
        }
    }

    /// The first line of each type has the records that the same client and draw are answered with.
    @Test
    void whatIsExplainedIsWhatIsAnswered() {
        for (int seed = 0; seed < WORLDS; seed++) {
            var random = new Random(seed);
            var fleet = new RandomFleet(random);
            Edition drawn =
                    edition(Serving.of(fleet.topology(), RandomFleet.zones(), fleet.atlas()));
            var all = List.of(Network.of("0.0.0.0/0"), Network.of("::/0"));
            var lines = new ExplanationLines(all, () -> drawn);
            for (Service service : fleet.topology().services().values()) {
                var client = new Client(fleet.address(), Optional.empty());
                long draw = random.nextLong();
                List<String> told =
                        lines.lines(service.names().getFirst(), client, draw).orElseThrow();
                assertThat(told)
                        .doesNotHaveDuplicates()
                        .allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length <= 255);
                assertThat(told.getFirst())
                        .as("seed %d", seed)
                        .contains(answered(drawn, service.names().getFirst(), client, draw));
            }
        }
    }

    /// The addresses that a question for A is answered with, if it is.
    private static List<String> answered(
            Edition edition, DomainName name, Client client, long draw) {
        return edition.serving().zones().lookup(name, RecordType.A) instanceof Lookup.Steered found
                        && found.type().equals(RecordType.A)
                ? choice(edition, found, client, draw)
                        .rrset()
                        .map(ExplanationLinesTest::addresses)
                        .orElse(List.of("nothing (NODATA)"))
                : List.of("");
    }

    private static SteeredAnswers.Choice choice(
            Edition edition, Lookup.Steered found, Client client, long draw) {
        return edition.snapshot().steered().answer(found.name(), found.type(), client, draw);
    }

    private static List<String> addresses(RRset rrset) {
        return rrset.rdata().stream()
                .map(
                        data ->
                                "%d.%d.%d.%d"
                                        .formatted(
                                                data[0] & 0xff,
                                                data[1] & 0xff,
                                                data[2] & 0xff,
                                                data[3] & 0xff))
                .toList();
    }

    /// The endpoint in the US is down, and that in the EU up.
    private static Edition edition(Serving serving) {
        var now = new Moment(0, new HybridTime(0, 0), Instant.EPOCH);
        Map<WatchKey, Verdict> verdicts =
                Map.of(
                        key("192.0.2.1"),
                        verdict(Health.DOWN),
                        key("192.0.2.2"),
                        verdict(Health.UP));
        return new SnapshotKeeper(SELF, serving)
                .step(new Tally(Map.of(), verdicts, Map.of()), Intents.NONE, now)
                .edition();
    }

    private static WatchKey key(String address) {
        return WatchKey.of(InetAddress.ofLiteral(address), RandomFleet.MONITOR);
    }

    private static Verdict verdict(Health health) {
        return new Verdict(health, new Stamp(new HybridTime(0, 0), SELF));
    }

    private static Topology topology() {
        return Topology.of(
                List.of(
                        new Node(
                                SELF,
                                US,
                                Set.of(Role.values()),
                                List.of(),
                                Optional.empty(),
                                Optional.empty())),
                List.of(region(US), region(EU)),
                List.of(
                        new Service(
                                new ServiceId("shop"),
                                List.of(SHOP),
                                Duration.ofSeconds(20),
                                1,
                                Optional.of(RandomFleet.MONITOR),
                                List.of(pool(US, "192.0.2.1"), pool(EU, "192.0.2.2")),
                                new Policy(List.of()),
                                new AllDown.FailOpen(),
                                new GuardLimits(1),
                                new Comeback(false, Duration.ZERO))),
                Agreement.DEFAULT);
    }

    private static Region region(RegionId id) {
        return new Region(id, new Coordinates(0, 0), 100, false, List.of());
    }

    private static Pool pool(RegionId region, String address) {
        var destination = new Destination.Address(InetAddress.ofLiteral(address));
        return new Pool(
                region,
                0,
                List.of(new Endpoint(destination, 1, Optional.empty(), Optional.empty())));
    }
}
