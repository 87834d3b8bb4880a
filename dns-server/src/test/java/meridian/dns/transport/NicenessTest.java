package meridian.dns.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class NicenessTest {

    /// Of /proc/PID/stat behind the name.
    private static final int NICE = 16;

    @Test
    void workLetsOthersGoFirstAndWhoAskedForItStaysAsItIs() {
        int before = niceness();

        int meanwhile = Niceness.whileOthersGoFirst(NicenessTest::niceness);

        assertThat(meanwhile).isEqualTo(10);
        assertThat(niceness()).isEqualTo(before);
    }

    @Test
    void whatIsStartedAfterTheWorkIsAsUrgentAsEver() throws Exception {
        int before = niceness();
        Niceness.whileOthersGoFirst(() -> "read");

        var after = new FutureTask<>(NicenessTest::niceness);
        Thread.ofPlatform().start(after);

        assertThat(after.get()).isEqualTo(before);
    }

    @Test
    void aDefectOfTheWorkIsItsCallersToo() {
        var exhausted = new OutOfMemoryError("in a test");

        assertThatThrownBy(() -> Niceness.whileOthersGoFirst(() -> failing(exhausted)))
                .isSameAs(exhausted);
    }

    private static String failing(Error error) {
        throw error;
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
