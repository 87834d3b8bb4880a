package meridian.node.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import meridian.config.ConfigOutcome;
import meridian.config.ConfigReader;
import meridian.config.Configuration;
import meridian.topology.Network;
import meridian.topology.NodeId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FleetFileTest {

    private DemoFolder folder;

    @BeforeEach
    void write() throws IOException {
        folder = DemoFolder.make();
        folder.writeSecret("cluster.key", "0123456789abcdef0123456789abcdef\n");
        folder.write("example.test.zone", FleetFile.ZONE);
        folder.write("meridian.conf", new FleetFile(plans()).text());
    }

    @AfterEach
    void delete() {
        folder.delete();
    }

    @Test
    void itIsAcceptedWithoutAWarning() {
        assertThat(read().warnings()).isEmpty();
    }

    @Test
    void eachNodeIsAVantageInARegionOfItsOwn() {
        Configuration fleet = read().configuration();
        assertThat(fleet.topology().vantages()).hasSize(3);
        assertThat(fleet.topology().nodes().values())
                .extracting(node -> node.region().name())
                .containsExactly("us-east", "eu-west", "ap-south");
    }

    @Test
    void eachVantageFindsEachEndpointAtARelayOfItsOwn() {
        Configuration fleet = read().configuration();
        var endpoint = new InetSocketAddress(Network.addressOf("192.0.2.11"), Place.PORT);
        assertThat(fleet.reach().values()).allSatisfy(relays -> assertThat(relays).hasSize(6));
        assertThat(fleet.reach().keySet().stream().map(node -> relay(fleet, node, endpoint)))
                .doesNotHaveDuplicates()
                .doesNotContain(endpoint);
    }

    private static InetSocketAddress relay(
            Configuration fleet, NodeId node, InetSocketAddress endpoint) {
        return fleet.route(node).apply(endpoint);
    }

    private ConfigOutcome.Accepted read() {
        return switch (new ConfigReader().read(folder.configuration())) {
            case ConfigOutcome.Accepted accepted -> accepted;
            case ConfigOutcome.Refused(var problems, _) -> throw new AssertionError(problems);
        };
    }

    private static Map<Place, FleetFile.NodePlan> plans() {
        var plans = new EnumMap<Place, FleetFile.NodePlan>(Place.class);
        int port = 20_000;
        for (Place place : Place.values()) {
            var relays = new LinkedHashMap<String, InetSocketAddress>();
            for (Place other : Place.values())
                for (String endpoint : other.endpoints())
                    relays.put(endpoint + ":" + Place.PORT, Ports.loopback(port++));
            plans.put(
                    place,
                    new FleetFile.NodePlan(
                            Ports.loopback(port++),
                            Ports.loopback(port++),
                            Ports.loopback(port++),
                            relays));
        }
        return plans;
    }
}
