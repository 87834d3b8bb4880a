package meridian.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// A fleet in three network namespaces, broken in every way that `./meridian drill faults` knows:
/// 50 queries a second to each name server throughout, of which no answer may be wrong. One
/// laboratory serves all; each test leaves it well, and prints its row.
@Needs({Tool.ROOT, Tool.TERRAFORM})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LaboratoryIT {

    private static final String SECONDS = "5";

    @TempDir private static Path folder;

    private static Laboratory laboratory;

    @BeforeAll
    static void raise() throws Exception {
        laboratory = new Laboratory(folder, "meridian-it", "10.79.0.0/16");
        Run applied = laboratory.apply();
        assertThat(applied.status()).as(applied.out() + applied.err()).isZero();
    }

    @AfterAll
    static void takeDown() {
        if (laboratory != null) laboratory.close();
    }

    @Test
    @Order(1)
    void aSecondPlanIsEmpty() throws Exception {
        Run plan = laboratory.plan();
        assertThat(plan.status()).as(plan.out() + plan.err()).isZero();
        assertThat(plan.out()).contains("found no differences");
    }

    @Test
    @Order(2)
    void aRegionThatDiesIsLeftAndComesBack() throws Exception {
        Run drill = meridian("drill", "failover", "--times", "2", "--region", "eu-west");
        assertThat(drill.status()).as(drill.out() + drill.err()).isZero();
        assertThat(drill.out()).contains("moves without a cause: 0,");
    }

    @Test
    @Order(3)
    void aRegionThatIsCutOffTurnsNothing() throws Exception {
        survives("region-cut-off");
    }

    @Test
    @Order(3)
    void aOneWayCutHealsThroughTheThirdNode() throws Exception {
        survives("one-way-cut");
    }

    @Test
    @Order(3)
    void whereFivePercentAreLostTrafficStillMovesInTime() throws Exception {
        survives("loss-5");
    }

    @Test
    @Order(3)
    void whereThirtyPercentAreLostNoAnswerIsWrong() throws Exception {
        survives("loss-30");
    }

    @Test
    @Order(3)
    void aKilledNodeIsNotMissed() throws Exception {
        survives("node-killed");
    }

    @Test
    @Order(3)
    void aFrozenNodeIsNotMissed() throws Exception {
        survives("node-frozen");
    }

    @Test
    @Order(3)
    void aRestartOfEveryNodeForgetsNothing() throws Exception {
        survives("fleet-restarted");
    }

    @Test
    @Order(3)
    void aNodeWithAFullDiskServesOn() throws Exception {
        survives("disk-full");
    }

    @Test
    @Order(3)
    @Needs(Tool.FAKETIME)
    void aClockAnHourAheadChangesNoAnswer() throws Exception {
        survives("clock-ahead");
    }

    @Test
    @Order(3)
    void aNodeWithAWrongKeyIsNotHeard() throws Exception {
        survives("wrong-key");
    }

    private static void survives(String fault) throws IOException, InterruptedException {
        Run drill = meridian("drill", "faults", "--for", SECONDS, "--only", fault);
        drill.out().lines().filter(line -> line.startsWith(fault)).forEach(System.out::println);
        assertThat(drill.status()).as(drill.out() + drill.err()).isZero();
    }

    private static Run meridian(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(words));
        command.addAll(List.of("--lab", laboratory.name()));
        return Run.meridian(folder, command.toArray(String[]::new));
    }
}
