package meridian.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A canary beside a node.
class CanaryIT {

    private static final String PLAYED = "127.0.3.1";
    private static final String REAL = "127.0.3.2";
    private static final int PORT = FreePorts.take();

    @TempDir private static Path folder;

    private static HttpServer real;
    private static Solo solo;

    /// Nothing but the canary falls: it takes three probes in a row that a crowded machine delays.
    @BeforeAll
    static void start() throws IOException {
        real = HttpServer.create(new InetSocketAddress(REAL, PORT), 0);
        real.start();
        solo =
                Solo.start(
                        folder,
                        """
                        monitors { quick {
                          tcp { port = %d }, interval = 500ms, timeout = 490ms, rise = 1, fall = 3
                        } }
                        services { canary {
                          names = ["canary.example.com"]
                          monitor = quick
                          pools {
                            eu-west { endpoints = [{ v4 = "%s" }] }
                            us-east { endpoints = [{ v4 = "%s" }] }
                          }
                        } }
                        """
                                .formatted(PORT, PLAYED, REAL),
                        Zones.SMALL);
    }

    @AfterAll
    static void end() {
        if (solo != null) solo.close();
        real.stop(0);
    }

    @Test
    void eachLegOfItsDeathsAndReturnsIsAMetric() throws Exception {
        int port = FreePorts.take();
        var words = canary("eu-west", "--every", "1", "--metrics", "127.0.0.1:" + port);
        try (var canary = MeridianProcess.start(words, folder, folder.resolve("canary.log"))) {
            canary.awaitLogLine("plays canary in eu-west at " + PLAYED);
            Api page = Api.atPort(port);
            for (String way : List.of("left", "returned")) {
                for (String until : List.of("first_probe", "quorum", "snapshot", "answer"))
                    Fleet.await("two of the leg " + way + " " + until)
                            .until(() -> legs(page, until, way) >= 2);
            }
            assertThat(rounds(page, "measured")).isGreaterThanOrEqualTo(2);
            assertThat(rounds(page, "failed")).as(canary.log()).isZero();
            assertThat(page.metric("meridian_canary_moves_without_cause_total")).isZero();
            assertThat(canary.log()).contains("left after", "was back after");
        }
    }

    @Test
    void aRegionWhereTheServiceHasNothingIsRefusedWithThoseWhereItHas() throws Exception {
        Run run = Run.meridian(folder, canary("ap-south").toArray(String[]::new));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .contains("canary.example.com. has no backends in ap-south")
                .contains("it has some in eu-west, us-east");
    }

    private static List<String> canary(String region, String... more) {
        var words = List.of("drill", "canary", "--config", "meridian.conf", "--service", "canary");
        return Stream.of(words, List.of("--region", region), List.of(more))
                .flatMap(List::stream)
                .toList();
    }

    private static double rounds(Api page, String outcome)
            throws IOException, InterruptedException {
        return page.metric("meridian_canary_rounds_total{outcome=\"" + outcome + "\"}");
    }

    private static double legs(Api page, String until, String way)
            throws IOException, InterruptedException {
        return page.metric(
                "meridian_canary_move_seconds_count{until=\"%s\",way=\"%s\"}"
                        .formatted(until, way));
    }
}
