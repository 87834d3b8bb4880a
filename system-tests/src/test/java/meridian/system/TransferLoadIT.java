package meridian.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Secondaries of a zone that does not stand still.
@Needs({Tool.NAMED, Tool.NSD, Tool.KNOTD})
class TransferLoadIT {

    private static final int CHANGES = 1_000;
    private static final int SERVICES = 20;
    private static final int CLIENTS = 4;

    @TempDir private Path folder;

    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();

    @Test
    void aThousandChangesUnderLoadLeaveEqualZones() throws Exception {
        try (var given = GivenZone.start(folder, services(), "nsec", "10ms")) {
            long first = given.serial();
            List<Thread> clients = clients(given.node().dns());
            for (int change = 0; change < CHANGES; change++) {
                long before = given.serial();
                turn(given.node().api(), change);
                Fleet.await("a version after " + before)
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(10))
                        .until(() -> given.serial() > before);
            }
            isOver.set(true);
            for (Thread client : clients) client.join();
            assertThat(given.serial() - first).isGreaterThanOrEqualTo(CHANGES);
            for (Secondary secondary : given.secondaries())
                Fleet.await(secondary + " has what the node has")
                        .ignoreExceptions()
                        .until(() -> secondary.zone().equals(given.zone()));
        }
        assertThat(unanswered.get()).as("of %s queries", answered).isZero();
    }

    private static String services() {
        return IntStream.range(0, SERVICES)
                .mapToObj(
                        i ->
                                """
                                s%1$d {
                                  names = ["s%1$d.example.com"]
                                  pools {
                                    us-east { endpoints = [{ v4 = "192.0.2.%1$d" }] }
                                    eu-west { endpoints = [{ v4 = "198.51.100.%1$d", v6 = "2001:db8::%1$d" }] }
                                  }
                                  steer = [{ to = [us-east, eu-west] }]
                                }
                                """
                                        .formatted(i))
                .collect(Collectors.joining("", "services {\n", "}\n"));
    }

    /// Every service is drained in its turn, and then every drain ends.
    private static void turn(Api api, int change) throws Exception {
        String service = "s" + change % SERVICES;
        if (change / SERVICES % 2 == 0) {
            String drain =
                    """
                    {"region": "us-east", "service": "%s", "for": "1h", "reason": "a test"}
                    """
                            .formatted(service);
            assertThat(api.post("/v1/drains", drain).status()).isEqualTo(201);
        } else {
            String drain = "/v1/drains?region=us-east&service=" + service;
            assertThat(api.delete(drain).status()).isLessThan(300);
        }
    }

    /// As many queries as are answered, one after the other.
    private List<Thread> clients(DnsClient dns) {
        var clients = new ArrayList<Thread>();
        for (int i = 0; i < CLIENTS; i++)
            clients.add(Thread.ofPlatform().daemon().start(() -> ask(dns)));
        return clients;
    }

    private void ask(DnsClient dns) {
        for (int i = 0; !isOver.get(); i++) {
            try {
                String name = "s" + i % SERVICES + ".example.com.";
                boolean isThere = !dns.ask(name, Type.A).getSection(Section.ANSWER).isEmpty();
                (isThere ? answered : unanswered).incrementAndGet();
            } catch (IOException e) {
                unanswered.incrementAndGet();
            }
        }
    }
}
