package meridian.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {

    @TempDir private Path folder;

    @Test
    void everyStepOfTheStoryComesOutAsTold() throws Exception {
        Run demo = Run.meridian(folder, "demo", "--exit");
        assertThat(demo.status()).as(demo.out() + demo.err()).isZero();
        assertThat(demo.out())
                .contains("All 7 steps came out as told")
                .doesNotContain("FAILED", "\033")
                .satisfies(out -> assertThat(out.lines()).allMatch(line -> line.length() <= 100));
    }
}
