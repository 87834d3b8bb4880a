package meridian.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./meridian bench`, as short as it can be.
class BenchIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int BY_SIGTERM = 143;

    @TempDir private Path folder;

    @Test
    @Needs({Tool.DNSPERF, Tool.GCC})
    void itComparesAndLeavesNothingBehind() throws Exception {
        Path table = folder.resolve("table.md");
        String words = "--rounds 1 --seconds 1 --warm-up 0 --only plain --peers floor --out";
        Run run = bench(words + " " + table);
        assertThat(run.status()).as("%s%s", run.out(), run.err()).isZero();
        assertThat(run.out())
                .contains("| plain names, to floor | ", "| plain names, to gdnsd | not measured |")
                .containsPattern("\\| Meridian \\| \\d+\\.\\d\\d \\|")
                .containsPattern("\\| floor \\| \\d+\\.\\d\\d \\|")
                .isEqualTo(Files.readString(table));
        assertThat(left()).isEmpty();
        assertThat(ProcessHandle.allProcesses()).noneMatch(this::isOurs);
    }

    @Test
    @Needs(Tool.DNSPERF)
    void aTerminatedOneTakesItsServersAndFilesWithIt() throws Exception {
        Path said = folder.resolve("said");
        Process bench =
                started("--only plain --peers floor")
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> !bench.isAlive() || bench.descendants().anyMatch(this::isOurs));
        bench.destroy();
        assertThat(bench.waitFor()).as(Files.readString(said)).isEqualTo(BY_SIGTERM);
        assertThat(ProcessHandle.allProcesses()).noneMatch(this::isOurs);
        assertThat(left()).isEmpty();
    }

    @Test
    @Needs({Tool.DNSPERF, Tool.GCC, Tool.CPU_CONTROLLER})
    void aNodeThatIsOfferedTooMuchStaysAlive() throws Exception {
        Run run = bench("overload --seconds 1 --warm-up 3 --times 2");
        assertThat(run.status()).as("%s%s", run.out(), run.err()).isZero();
        List<String> rows = run.out().lines().filter(line -> line.matches("\\| \\d.*")).toList();
        assertThat(rows)
                .as(run.out())
                .isNotEmpty()
                .allMatch(row -> row.matches(".*(\\| (\\d+) of \\2, \\d+ ms ){2}\\|.*"))
                .allMatch(row -> row.endsWith(" passed, 0 failed |"));
        assertThat(ProcessHandle.allProcesses()).noneMatch(this::isOurs);
        assertThat(left()).isEmpty();
    }

    @Test
    void aZoneIsReadAtAStartAndReadAgainWhileQueriesAreAnswered() throws Exception {
        Run run = bench("zone --names 1000 --rounds 1");
        assertThat(run.status()).as("%s%s", run.out(), run.err()).isZero();
        assertThat(run.out())
                .containsPattern(
                        "\\| Meridian( \\| [\\d.]+){2} to [\\d.]+( \\| [\\d.]+){2} \\| \\d+ to \\d+( \\| [\\d.]+){2} \\|")
                .containsPattern("\\| Meridian, a zone of one name \\| [\\d.]+ \\|");
        assertThat(ProcessHandle.allProcesses()).noneMatch(this::isOurs);
        assertThat(left()).isEmpty();
    }

    @Test
    void whatItDoesNotKnowIsToldWithWhatItDoes() throws Exception {
        Run measure = bench("--only speed");
        assertThat(measure.status()).isEqualTo(2);
        assertThat(measure.err())
                .startsWith(
                        "meridian: nothing to measure is called \"speed\"; accepted are plain, geo,");
        Run peer = bench("--peers bind");
        assertThat(peer.status()).isEqualTo(2);
        assertThat(peer.err())
                .startsWith("meridian: no peer is called \"bind\"; accepted are floor, gdnsd,");
        Run micro = bench("micro nothing-is-called-so");
        assertThat(micro.status()).isEqualTo(1);
        assertThat(micro.err())
                .isEqualTo("meridian: no benchmark has \"nothing-is-called-so\" in its name\n");
    }

    private Run bench(String words) throws Exception {
        return Run.of(folder, environment(), command(words));
    }

    private ProcessBuilder started(String words) {
        var builder = new ProcessBuilder(command(words));
        builder.environment().putAll(environment());
        return builder;
    }

    private static List<String> command(String words) {
        return Stream.concat(
                        Stream.of(Tree.LAUNCHER.toString(), "bench"),
                        Stream.of(words.split(" ", -1)))
                .toList();
    }

    /// So that its files and servers are told from those of others.
    private Map<String, String> environment() {
        return Map.of("MERIDIAN_JAVA_OPTIONS", "-Djava.io.tmpdir=" + folder);
    }

    private boolean isOurs(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains(" " + folder + "/meridian-bench-");
    }

    /// Folders of a scene.
    private List<Path> left() throws Exception {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().startsWith("meridian-bench-"))
                    .toList();
        }
    }
}
