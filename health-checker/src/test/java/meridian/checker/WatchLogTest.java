package meridian.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import meridian.topology.Check;
import meridian.topology.Monitor;
import meridian.topology.Network;
import meridian.topology.RiseFall;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.helpers.MessageFormatter;

class WatchLogTest {

    private static final Target TARGET =
            new Target(
                    Network.addressOf("192.0.2.1"),
                    new Monitor(
                            "web",
                            new Check.Tcp(80),
                            Duration.ofSeconds(1),
                            Duration.ofMillis(500),
                            new RiseFall(2, 2)));

    /// Nanosecond clocks may begin anywhere.
    private static final long START = Long.MAX_VALUE - seconds(30);

    private final List<String> lines = new ArrayList<>();
    private final WatchLog log = new WatchLog(recorder(), START);

    @Test
    void attemptsThatAreNotMadeAreToldOnceAMinute() {
        for (int second = 0; second < 150; second++) {
            for (int i = 0; i < 20; i++)
                log.notMade(TARGET, "this machine: too many open files", START + seconds(second));
        }
        String line =
                "warn 192.0.2.1 (web) could not be probed, which is no vote: this machine: too many"
                        + " open files; all such are counted, and the next after a minute is logged";
        assertThat(lines).containsExactly(line, line, line);
    }

    @Test
    void aDefectIsToldOnceAMinuteWhateverElseIs() {
        var defect = new IllegalStateException("a defect made for this test");
        for (int second = 0; second < 70; second++) {
            log.notMade(TARGET, "this machine: too many open files", START + seconds(second));
            log.defect(TARGET, defect, START + seconds(second));
        }
        assertThat(lines)
                .filteredOn(line -> line.startsWith("error"))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("192.0.2.1 (web) has a defect"));
    }

    private Logger recorder() {
        return (Logger)
                Proxy.newProxyInstance(
                        Logger.class.getClassLoader(),
                        new Class<?>[] {Logger.class},
                        (_, level, arguments) -> lines.add(line(level.getName(), arguments)));
    }

    private static String line(String level, Object[] arguments) {
        Object[] values =
                arguments[1] instanceof Object[] several
                        ? several
                        : Arrays.copyOfRange(arguments, 1, arguments.length);
        String format = arguments[0].toString();
        return level + " " + MessageFormatter.arrayFormat(format, values).getMessage();
    }

    private static long seconds(int count) {
        return TimeUnit.SECONDS.toNanos(count);
    }
}
