package meridian.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeridianProcessIT {

    @TempDir private Path folder;

    @Test
    void oneThatEndsBeforeItIsReadyIsShownWithItsLog() throws Exception {
        try (var process =
                MeridianProcess.start(List.of("flap"), folder, folder.resolve("flap.log"))) {
            assertThatThrownBy(() -> process.awaitLogLine("ready"))
                    .hasMessageContaining("ended with status 2")
                    .hasMessageContaining("flap");
        }
    }

    @Test
    void noPortIsGivenTwice() {
        var ports = new HashSet<Integer>();
        for (int port : FreePorts.take(20)) ports.add(port);
        assertThat(ports).hasSize(20);
    }
}
