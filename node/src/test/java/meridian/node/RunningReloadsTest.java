package meridian.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import meridian.dns.geo.Atlas;
import meridian.topology.RegionId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a node tells, and does, while it reads its files again.
class RunningReloadsTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final long LONG_AFTER = Duration.ofDays(1).toNanos();

    @TempDir private Path folder;

    private int writes;

    @BeforeEach
    void writeTheFirst() throws IOException {
        write("a 10");
    }

    /// Reading may take a while, and so no one who has other things to do waits for it: not who
    /// looks for alarms every second, and not who ends the process.
    @Test
    void nobodyWaitsForFilesThatAreBeingRead() throws Exception {
        var reading = new CountDownLatch(1);
        var goesOn = new CountDownLatch(1);
        var isLong = new AtomicBoolean();
        InstantSource clock =
                () -> {
                    if (isLong.get()) {
                        reading.countDown();
                        awaitEnd(goesOn);
                    }
                    return NOON;
                };
        Reloads running = reloads(clock);
        NodeOptions options = running.first().options();
        isLong.set(true);
        write("b 10");
        Thread reload = Thread.ofPlatform().start(() -> running.again(options));
        reading.await();
        write("c 10");
        assertThat(running.isChanged()).isFalse();
        running.settle(System.nanoTime() + LONG_AFTER);
        running.close();
        goesOn.countDown();
        reload.join();
        assertThat(running.isChanged()).as("what changed meanwhile is seen then").isTrue();
    }

    private static void awaitEnd(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void errorsAndWarningsOfARefusedFileAreToldApart() throws Exception {
        Reloads running = reloads(InstantSource.fixed(NOON));
        NodeOptions options = running.first().options();
        Files.writeString(
                folder.resolve("meridian.conf"),
                Files.readString(folder.resolve("meridian.conf"))
                        + """
                        services {
                          shop {
                            names = ["shop.example.com"], ttl = 0
                            pools { us-east { endpoints = [{ v4 = "192.0.2.1" }] } }
                          }
                        }
                        """);
        assertThat(running.again(options)).isEmpty();
        assertThat(running.state().problems()).singleElement().asString().contains("shop.ttl");
        assertThat(running.state().warnings())
                .singleElement()
                .asString()
                .contains("has no monitor");
    }

    /// Whoever looks for why nothing changed looks at the alarms, and not at the log of a thread.
    @Test
    void aDefectThatNewFilesMeetIsARefusalToo() throws Exception {
        for (Throwable defect :
                List.of(new IllegalStateException("made"), new StackOverflowError("made"))) {
            var isBroken = new AtomicBoolean();
            Reloads running =
                    reloads(
                            () -> {
                                if (isBroken.get()) sneak(defect);
                                return NOON;
                            });
            NodeOptions options = running.first().options();
            isBroken.set(true);
            write("b 10");
            assertThat(running.again(options)).isEmpty();
            assertThat(running.state().problems())
                    .singleElement()
                    .asString()
                    .contains(defect.toString());
            isBroken.set(false);
            assertThat(running.again(options)).isPresent();
            assertThat(running.state().problems()).isEmpty();
        }
    }

    private static void sneak(Throwable defect) {
        if (defect instanceof Error error) throw error;
        throw (RuntimeException) defect;
    }

    /// Of a quarter of a million networks an atlas and what is made of it are megabytes, which are
    /// garbage after a reload.
    @Test
    void networksAreReadAgainAfterTheirFileOrTheRegionsChangedAndOnlyThen() throws Exception {
        writeNetworks("192.0.2.0/24 us-east");
        String regions = "regions { us-east { location = [38.9, -77.0] } }\n";
        writeMain(regions + "geo { networks = \"networks.txt\" }\n");
        Reloads running = reloads(InstantSource.fixed(NOON));
        Loaded first = running.first();

        writeZone("b 10");
        Atlas again = running.again(first.options()).orElseThrow().serving().atlas();
        assertThat(again).isSameAs(first.serving().atlas());

        writeNetworks("192.0.2.0/25 us-east");
        Atlas other = running.again(first.options()).orElseThrow().serving().atlas();
        assertThat(other.place(InetAddress.ofLiteral("192.0.2.1")).order())
                .containsExactly(new RegionId("us-east"));
        assertThat(other.place(InetAddress.ofLiteral("192.0.2.200")).order()).isEmpty();

        writeMain(regions.replace("us-east", "us-west") + "geo { networks = \"networks.txt\" }\n");
        assertThat(running.again(first.options())).isEmpty();
        assertThat(running.state().problems())
                .singleElement()
                .asString()
                .contains("networks.txt:1: there is no region \"us-east\"");
    }

    private void writeNetworks(String line) throws IOException {
        Path file = folder.resolve("networks.txt");
        Files.writeString(file, line);
        Files.setLastModifiedTime(file, FileTime.from(NOON.plusSeconds(++writes)));
    }

    private void writeMain(String rest) throws IOException {
        Files.writeString(
                folder.resolve("meridian.conf"),
                "zones { \"example.com\" { file = \"example.com.zone\" } }\n" + rest);
    }

    private Reloads reloads(InstantSource clock) {
        return new Reloads(
                new NodeOptions.Wish(
                        Optional.of(folder.resolve("meridian.conf")),
                        Optional.empty(),
                        Set.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()),
                clock,
                () -> 0,
                () -> true);
    }

    private void write(String record) throws IOException {
        writeZone(record);
        writeMain("regions { us-east { location = [38.9, -77.0] } }\n");
    }

    private void writeZone(String record) throws IOException {
        Path zone = folder.resolve("example.com.zone");
        Files.writeString(
                zone,
                """
                @   3600 SOA ns1 hostmaster 1 3600 600 86400 60
                @   3600 NS  ns1
                ns1 3600 A   192.0.2.53
                %s A 192.0.2.1
                """
                        .formatted(record));
        Files.setLastModifiedTime(zone, FileTime.from(NOON.plusSeconds(++writes)));
    }
}
