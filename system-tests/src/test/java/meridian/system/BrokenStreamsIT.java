package meridian.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Type;
import org.xbill.DNS.WireParseException;

/// Streams that break in every way, at a node that runs.
///
/// `-Dmeridian.fuzz.streams=100000` has so many of each.
@EnabledOnOs(OS.LINUX)
class BrokenStreamsIT {

    private static final int STREAMS = Integer.getInteger("meridian.fuzz.streams", 1_500);

    /// Some of them wait for the server's idle timeout.
    private static final int AT_ONCE = 200;

    private static final long SEED = 20261127;

    /// What it may hold more after the second half of them than after the first: what is compiled
    /// meanwhile, and pools that grow to what many at once need.
    private static final int MOST_KILOBYTES = 40_000;

    private static final String SETTINGS =
            """
            dns { tcp-idle-timeout = 1s, tcp-connections = 1000, tcp-connections-per-client = 1000 }
            """;

    private static final String LONG =
            "long TXT " + ("\"" + "x".repeat(250) + "\" ").repeat(120) + "\n";

    @TempDir private Path folder;

    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "tls", "quic"})
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void everyResponseParsesAndNothingIsLeftOfAny(String transport) throws Exception {
        try (var solo = Solo.encrypted(folder, SETTINGS, Zones.SMALL + LONG);
                BrokenStreams streams = streams(transport, solo)) {
            breakAll(streams, 0, STREAMS / 2);
            long held = kilobytesAtRest(solo, streams);
            breakAll(streams, STREAMS / 2, STREAMS);
            long holds = kilobytesAtRest(solo, streams);
            System.out.println(
                    "%d streams by %s, %.0f answers; kilobytes: %d, %d"
                            .formatted(STREAMS, transport, answers(solo, transport), held, holds));
            assertThat(wrong).isEmpty();
            assertThat(solo.node().api().metric("meridian_dns_defects_total")).isZero();
            assertThat(answers(solo, transport))
                    .as("many get through")
                    .isGreaterThan(streams.fewestAnswers(STREAMS));
            assertThat(holds).isLessThan(held + MOST_KILOBYTES);
            assertThat(solo.node().process().log()).doesNotContain("ERROR", "Exception");
            assertThat(solo.node().dns().ask("mail.example.com.", Type.A).getRcode()).isZero();
        }
    }

    private static BrokenStreams streams(String transport, Solo solo)
            throws IOException, GeneralSecurityException {
        return switch (transport) {
            case "tcp" -> BrokenTcpStreams.tcp(solo.node().address());
            case "tls" -> BrokenTcpStreams.tls(solo.tlsAddress());
            default -> new BrokenQuicStreams(solo.tlsAddress());
        };
    }

    private void breakAll(BrokenStreams streams, int from, int to) {
        var room = new Semaphore(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = from; i < to; i++) {
                long seed = SEED + i;
                room.acquireUninterruptibly();
                threads.execute(
                        () -> {
                            try {
                                breakOne(streams, seed);
                            } finally {
                                room.release();
                            }
                        });
            }
        }
    }

    private void breakOne(BrokenStreams streams, long seed) {
        try {
            streams.breakOne(new SplittableRandom(seed));
        } catch (WireParseException e) {
            wrong.add("seed " + seed + " got a response that does not parse: " + e);
        } catch (RuntimeException e) {
            wrong.add("seed " + seed + " failed: " + e);
        } catch (IOException _) {
            // as it was to be: most of these streams do not end well
        }
    }

    private static double answers(Solo solo, String transport)
            throws IOException, InterruptedException {
        String labels = "rcode=\"NOERROR\",transport=\"%s\"".formatted(transport);
        return solo.node().api().sum("meridian_dns_responses_total", labels);
    }

    /// Once no connection is open any more.
    private long kilobytesAtRest(Solo solo, BrokenStreams streams)
            throws IOException, InterruptedException {
        Api api = solo.node().api();
        Fleet.await("the end of every connection")
                .until(() -> api.sum(streams.connections(), "") == 0);
        return new ProcessCost(solo.node().process().pid()).residentKilobytes(folder);
    }
}
