package meridian.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real load balancer before a node, which says by the PROXY protocol whose connections they are.
@Needs({Tool.KDIG, Tool.HAPROXY})
class LoadBalancerIT {

    private static final String BALANCER = "127.0.0.8";
    private static final String OFFICE = "127.0.0.9";

    private static final String SETTINGS =
            """
            dns { proxy-from = ["%s"] }
            clients { office { networks = ["%s"] } }
            services {
              www {
                names = ["www.example.com"]
                pools {
                  us-east { endpoints = [{ v4 = "192.0.2.1" }] }
                  eu-west { endpoints = [{ v4 = "192.0.2.2" }] }
                }
                steer = [{ for = office, to = [eu-west] }, { to = [us-east] }]
              }
            }
            """
                    .formatted(BALANCER, OFFICE);

    @TempDir private Path folder;

    @Test
    void clientsAreSteeredByTheirOwnAddressOverTcpAndTls() throws Exception {
        int tcp = FreePorts.take();
        int tls = FreePorts.take();
        try (var solo = Solo.encrypted(folder, SETTINGS, Zones.SMALL)) {
            Process balancer =
                    balancer(
                            forwarding("tcp", tcp, solo.node().address().getPort())
                                    + forwarding("tls", tls, solo.tlsPort()));
            try {
                Fleet.await("the load balancer").until(() -> isOpen(tcp) && isOpen(tls));
                assertThat(ask(tcp, OFFICE)).contains("192.0.2.2");
                assertThat(ask(tcp, "127.0.0.1")).contains("192.0.2.1");
                assertThat(ask(tls, OFFICE, "+tls")).contains("192.0.2.2");
                assertThat(ask(tls, "127.0.0.1", "+tls")).contains("192.0.2.1");
                assertThat(ask(solo.node().address().getPort(), OFFICE))
                        .as("without the load balancer")
                        .contains("192.0.2.2");
            } finally {
                balancer.destroyForcibly().waitFor();
            }
        }
    }

    private static String forwarding(String name, int from, int to) {
        return """
        listen %s
          bind 127.0.0.1:%d
          server node 127.0.0.1:%d send-proxy-v2 source %s
        """
                .formatted(name, from, to, BALANCER);
    }

    private Process balancer(String forwarding) throws IOException {
        String text =
                """
                defaults
                  mode tcp
                  timeout connect 5s
                  timeout client 30s
                  timeout server 30s
                """
                        + forwarding;
        Path config = Files.writeString(folder.resolve("haproxy.cfg"), text);
        return new ProcessBuilder(
                        Tool.HAPROXY.path().orElseThrow().toString(),
                        "-db",
                        "-f",
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("haproxy.log").toFile())
                .start();
    }

    private static boolean isOpen(int port) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        }
    }

    private String ask(int port, String source, String... words)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>(List.of(Tool.KDIG.path().orElseThrow().toString()));
        command.addAll(List.of("@127.0.0.1", "-p", "" + port, "-b", source, "+tcp", "+short"));
        command.addAll(List.of(words));
        command.addAll(List.of("www.example.com", "A"));
        return Run.of(folder, Map.of(), command).out();
    }
}
