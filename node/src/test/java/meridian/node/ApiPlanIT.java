package meridian.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import meridian.config.ConfigReader;
import meridian.config.Configuration;
import meridian.topology.Node;
import meridian.topology.NodeId;
import meridian.topology.RegionId;
import meridian.topology.Role;
import org.junit.jupiter.api.Test;

/// That a node cannot serve its API is found out before it answers a query.
class ApiPlanIT {

    private static final Configuration NO_TOKENS = ConfigReader.readEmbedded();

    @Test
    void aPortThatIsTakenIsNamed() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (var taken = new ServerSocket(0, 1, loopback)) {
            var address = new InetSocketAddress(loopback, taken.getLocalPort());
            assertThatThrownBy(() -> ApiPlan.of(node(address, Role.API), NO_TOKENS))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(
                            "the API cannot listen on 127.0.0.1 port " + taken.getLocalPort());
            assertThat(ApiPlan.of(node(address, Role.CHECKER), NO_TOKENS)).isEmpty();
        }
    }

    /// The command line may say where to listen, which no file knows of.
    @Test
    void anAddressThatOthersReachNeedsTokens() {
        assertThatThrownBy(
                        () ->
                                ApiPlan.of(
                                        node(new InetSocketAddress("0.0.0.0", 0), Role.API),
                                        NO_TOKENS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the API has no tokens");
    }

    private static Node node(InetSocketAddress api, Role role) {
        return new Node(
                new NodeId("a"),
                new RegionId("us-east"),
                Set.of(role),
                List.of(),
                Optional.of(api),
                Optional.empty());
    }
}
