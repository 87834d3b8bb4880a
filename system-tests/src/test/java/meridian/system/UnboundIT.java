package meridian.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// unbound as the resolver in front: what it caches for whom is what the scopes of our answers say.
///
/// Its clients are addresses of this machine in two networks, each with a region of its own.
@Needs(Tool.UNBOUND)
class UnboundIT {

    private static final String STEERED = "www.example.com.";
    private static final String PLAIN = "mail.example.com.";
    private static final String US_EAST = "192.0.2.1";
    private static final String EU_WEST = "192.0.2.2";

    private static final String SETTINGS =
            """
            geo { networks = "networks.txt" }
            services {
              www {
                names = ["www.example.com"]
                pools {
                  us-east { endpoints = [{ v4 = "192.0.2.1" }] }
                  eu-west { endpoints = [{ v4 = "192.0.2.2" }] }
                }
                steer = [{ to = [nearest] }]
              }
            }
            """;

    private static final String NETWORKS =
            """
            127.1.0.0/16  us-east
            127.2.0.0/16  eu-west
            """;

    @TempDir private Path folder;

    private Solo solo;
    private Tap tap;
    private int port;
    private @Nullable Process unbound;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("networks.txt"), NETWORKS);
        solo = Solo.start(folder, SETTINGS, Zones.SMALL);
        tap = Tap.before(solo.node().address());
        port = FreePorts.take();
    }

    @AfterEach
    void end() {
        if (unbound != null) unbound.destroyForcibly().onExit().join();
        if (tap != null) tap.close();
        if (solo != null) solo.close();
    }

    @Test
    void withClientSubnetsEachBlockIsAskedForOnce() throws Exception {
        startUnbound("subnetcache iterator", "send-client-subnet: 127.0.0.1");

        assertThat(answerTo("127.1.2.3", STEERED)).isEqualTo(US_EAST);
        assertThat(answerTo("127.1.99.9", STEERED)).isEqualTo(US_EAST);
        assertThat(tap.asked(STEERED)).as("clients of one block").isEqualTo(1);

        assertThat(answerTo("127.2.5.5", STEERED)).isEqualTo(EU_WEST);
        assertThat(answerTo("127.2.77.7", STEERED)).isEqualTo(EU_WEST);
        assertThat(answerTo("127.1.50.1", STEERED)).isEqualTo(US_EAST);
        assertThat(tap.asked(STEERED)).as("clients of two blocks").isEqualTo(2);
    }

    @Test
    void whatIsNotSteeredIsAskedForOnceForEveryone() throws Exception {
        startUnbound("subnetcache iterator", "send-client-subnet: 127.0.0.1");

        assertThat(answerTo("127.1.2.3", PLAIN)).isEqualTo("192.0.2.25");
        assertThat(answerTo("127.2.5.5", PLAIN)).isEqualTo("192.0.2.25");
        assertThat(tap.asked(PLAIN)).isEqualTo(1);
    }

    @Test
    void withoutClientSubnetsOneAnswerIsForAll() throws Exception {
        startUnbound("iterator", "");

        assertThat(answerTo("127.1.2.3", STEERED)).isEqualTo(US_EAST);
        assertThat(answerTo("127.2.5.5", STEERED)).isEqualTo(US_EAST);
        assertThat(tap.asked(STEERED)).isEqualTo(1);
    }

    private void startUnbound(String modules, String more) throws IOException {
        Path config = folder.resolve("unbound.conf");
        Files.writeString(config, configuration(modules, more));
        Path program = Tool.UNBOUND.path().orElseThrow();
        unbound =
                new ProcessBuilder(program.toString(), "-d", "-c", config.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("unbound.log").toFile())
                        .start();
        Fleet.await("unbound answers")
                .until(() -> resolver().ask("localhost.", Type.A).getHeader().getFlag(Flags.RA));
    }

    private String configuration(String modules, String more) {
        return """
               server:
                   interface: 127.0.0.1@%d
                   access-control: 127.0.0.0/8 allow
                   module-config: "%s"
                   %s
                   do-not-query-localhost: no
                   qname-minimisation: no
                   do-ip6: no
                   unknown-server-time-limit: 5000
                   infra-cache-min-rtt: 5000
                   num-threads: 1
                   do-daemonize: no
                   chroot: ""
                   username: ""
                   directory: "%s"
                   pidfile: ""
                   use-syslog: no
               stub-zone:
                   name: "example.com"
                   stub-addr: 127.0.0.1@%d
               remote-control:
                   control-enable: no
               """
                .formatted(port, modules, more, folder, tap.port());
    }

    private DnsClient resolver() {
        return new DnsClient(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /// As a stub resolver does, which asks again where a datagram found nobody: unbound's cache
    /// keeps that from being asked of us twice.
    private String answerTo(String client, String name) {
        return Fleet.await("unbound answers " + client)
                .until(() -> answerOnce(client, name), Objects::nonNull);
    }

    private String answerOnce(String client, String name) throws IOException {
        return resolver().askAs(client, name, Type.A).getSection(Section.ANSWER).stream()
                .map(record -> record.rdataToString())
                .findFirst()
                .orElse("nothing");
    }
}
