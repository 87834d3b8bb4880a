package meridian.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Terraform makes of the laboratory when something goes wrong: afterwards nothing is left.
@Needs({Tool.ROOT, Tool.TERRAFORM})
class TerraformIT {

    private static final String ONE_REGION = "regions={here={location=[50,8]}}";

    @TempDir private Path folder;

    @Test
    void itsOwnTestsPass() throws Exception {
        Path settings = Files.createFile(folder.resolve("terraform.rc"));
        Run test =
                Run.of(
                        Tree.ROOT.resolve("terraform/examples/this-machine"),
                        Map.of("TF_CLI_CONFIG_FILE", settings.toString()),
                        List.of("terraform", "test", "-no-color"));
        assertThat(test.status()).as(test.out() + test.err()).isZero();
    }

    @Test
    void anApplyThatFailsLeavesNothingBehind() throws Exception {
        try (var laboratory = new Laboratory(folder, "meridian-it-f", "10.80.0.0/16")) {
            // A node that dies while it starts.
            var killer =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        Path file = laboratory.run().resolve("pids/here.node");
                                        Awaitility.await()
                                                .atMost(2, TimeUnit.MINUTES)
                                                .pollInterval(20, TimeUnit.MILLISECONDS)
                                                .until(() -> kill(file));
                                    });
            Run applied = laboratory.apply(ONE_REGION);
            killer.join();
            assertThat(applied.status()).isNotZero();
            assertThat(applied.out() + applied.err()).contains("the node of here did not start");
        }
    }

    @Test
    void anApplyThatIsInterruptedLeavesNothingBehind() throws Exception {
        try (var laboratory = new Laboratory(folder, "meridian-it-i", "10.81.0.0/16")) {
            var interrupter =
                    Thread.ofVirtual()
                            .start(
                                    () ->
                                            Awaitility.await()
                                                    .atMost(2, TimeUnit.MINUTES)
                                                    .pollInterval(20, TimeUnit.MILLISECONDS)
                                                    .until(() -> interrupt(laboratory)));
            Run applied = laboratory.apply(ONE_REGION);
            interrupter.join();
            assertThat(applied.status()).isNotZero();
        }
    }

    private static boolean kill(Path file) throws IOException {
        if (!Files.exists(file)) return false;
        String pid = Files.readString(file).strip();
        return !pid.isEmpty()
                && ProcessHandle.of(Long.parseLong(pid))
                        .map(ProcessHandle::destroyForcibly)
                        .orElse(false);
    }

    /// As soon as there is something to leave behind.
    private static boolean interrupt(Laboratory laboratory)
            throws IOException, InterruptedException {
        if (laboratory.left().isEmpty()) return false;
        List<ProcessHandle> terraform =
                ProcessHandle.current()
                        .descendants()
                        .filter(
                                process ->
                                        process.info().command().orElse("").endsWith("terraform"))
                        .toList();
        for (ProcessHandle process : terraform)
            Run.of(Path.of("/"), Map.of(), List.of("kill", "-INT", Long.toString(process.pid())));
        return !terraform.isEmpty();
    }
}
