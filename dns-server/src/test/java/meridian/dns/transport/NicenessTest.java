package meridian.dns.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class NicenessTest {

    /// Of /proc/PID/stat behind the name.
    private static final int NICE = 16;

    private static final Executor THREAD = task -> Thread.ofPlatform().start(task);

    @Test
    void aThreadLetsOthersGoFirstAndTheOthersStayAsTheyAre() {
        int before = niceness();

        int after =
                CompletableFuture.supplyAsync(
                                () -> {
                                    Niceness.letOthersGoFirst();
                                    return niceness();
                                },
                                THREAD)
                        .join();

        assertThat(after).isEqualTo(10);
        assertThat(niceness()).isEqualTo(before);
    }

    private static int niceness() {
        try {
            String stat = Files.readString(Path.of("/proc/thread-self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Integer.parseInt(fields[NICE]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
