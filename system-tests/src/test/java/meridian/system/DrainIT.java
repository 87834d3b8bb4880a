package meridian.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An operator's wishes, made on one node of three.
class DrainIT {

    /// A network in Europe by the embedded table.
    private static final String EUROPEAN = "2.125.160.0";

    private static final int PREFIX = 24;
    private static final Duration PROMISED = Duration.ofSeconds(1);

    /// What two crowded cores may add to it.
    private static final Duration CROWD = Duration.ofSeconds(1);

    @TempDir private static Path folder;

    private static Fleet fleet;

    @BeforeAll
    static void start() throws IOException {
        fleet = Fleet.start(folder, "");
    }

    @AfterAll
    static void end() {
        if (fleet != null) fleet.close();
    }

    @Test
    void aDrainOnOneNodeIsInTheAnswersOfAllAndSurvivesTheRestartOfEveryNode() throws Exception {
        for (FleetNode node : fleet.nodes()) assertThat(siteOf(node)).containsExactly(Site.EU_WEST);

        new Deadline(PROMISED.plus(CROWD), fleet.nodes())
                .holds(DrainIT::drainEverywhere, DrainIT::undrainEverywhere);

        for (FleetNode node : fleet.nodes()) node.process().kill();
        for (FleetNode node : fleet.nodes()) node.startAgain();
        for (FleetNode node : fleet.nodes()) {
            List<Site> first =
                    Fleet.await("the first answer of " + node)
                            .until(() -> siteOf(node), sites -> !sites.isEmpty());
            assertThat(first).as("the first answer of " + node).doesNotContain(Site.EU_WEST);
        }
        fleet.nodes().forEach(FleetNode::awaitReady);
        for (FleetNode node : fleet.nodes())
            assertThat(node.api().get("/v1/drains").json().path("standing")).hasSize(1);

        undrainEverywhere();
    }

    /// @return how long after its reply a drain is in all answers
    private static Duration drainEverywhere() throws Exception {
        Api.Reply begun = drain(fleet.node(Site.US_EAST), Site.EU_WEST);
        long made = System.nanoTime();
        assertThat(begun.status()).as(begun.text()).isEqualTo(201);
        awaitAll(false);
        Duration took = Duration.ofNanos(System.nanoTime() - made);
        System.out.printf("  a drain is in all answers %d ms after its reply%n", took.toMillis());
        return took;
    }

    private static void undrainEverywhere() throws Exception {
        Api.Reply ended = fleet.node(Site.AP_SOUTH).api().delete("/v1/drains?region=eu-west");
        assertThat(ended.status()).as(ended.text()).isEqualTo(200);
        awaitAll(true);
    }

    @Test
    void theGuardRefusesTheSecondOfThreeRegionsWithNumbers() throws Exception {
        FleetNode node = fleet.node(Site.EU_WEST);
        assertThat(drain(node, Site.US_EAST).status()).isEqualTo(201);

        Api.Reply refused = drain(node, Site.AP_SOUTH);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("breaches").findValuesAsText("limit"))
                .contains("keep-capacity", "velocity.regions");
        assertThat(refused.json().path("breaches").findValuesAsText("would")).contains("33", "2");
        assertThat(node.api().delete("/v1/drains?region=us-east").status()).isEqualTo(200);
        awaitAll(true);
    }

    @Test
    void aConfirmationOfWhatTheGuardDoesNotHoldIsRefusedInOneLine() throws Exception {
        String api = fleet.node(Site.US_EAST).api().root().toString();
        Run run =
                Run.meridian(
                        folder, "confirm", "eu-west", "--reason", "it is on fire", "--api", api);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .isEqualTo(
                        "meridian: the guard does not hold region eu-west, so there is nothing to"
                                + " confirm; it holds nothing\n");
    }

    private static Api.Reply drain(FleetNode node, Site site)
            throws IOException, InterruptedException {
        String body =
                "{\"region\": \"%s\", \"for\": \"1h\", \"reason\": \"a test\"}"
                        .formatted(site.region());
        return node.api().post("/v1/drains", body);
    }

    private static void awaitAll(boolean european) {
        for (FleetNode node : fleet.nodes())
            Fleet.await(
                            node
                                    + (european ? " sends Europe to " : " keeps Europe off ")
                                    + Site.EU_WEST)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> siteOf(node).contains(Site.EU_WEST) == european);
    }

    private static List<Site> siteOf(FleetNode node) {
        return Fleet.sites(node, EUROPEAN, PREFIX);
    }
}
