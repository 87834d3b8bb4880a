package meridian.system;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Validators that ask on while backends die and come back: unbound, which uses every proof for all
/// that it proves, and delv.
///
/// Answers live for a second in its cache, and most that are asked for are of names that it does
/// not know yet.
@Needs({Tool.UNBOUND, Tool.DELV})
class TrustIT {

    private static final List<String> SERVICES = List.of("prompt", "ramp", "manual");
    private static final int CLIENTS = 2;

    /// Names of a service, beside a wildcard, that are asked for to see where its traffic goes:
    /// each is in the cache by itself, so each is a draw of its own.
    private static final int NAMES = 12;

    @TempDir private Path folder;

    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicInteger number = new AtomicInteger();
    private final AtomicInteger secure = new AtomicInteger();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final List<Thread> clients = new ArrayList<>();

    private Backends backends;
    private Solo solo;
    private Unbound unbound;

    @BeforeEach
    void start() throws Exception {
        keys("make", "example.com");
        String ds = keys("ds").strip();
        backends = Backends.start();
        solo = Solo.signed(folder, settings(backends.port()), Zones.SMALL, "nsec");
        unbound = Unbound.validating(folder, solo.node().address().getPort(), ds);
    }

    private String keys(String... words) throws Exception {
        var all = new ArrayList<String>(List.of("keys"));
        all.addAll(List.of(words));
        all.addAll(List.of("--dir", folder.resolve("keys").toString()));
        Run run = Run.meridian(folder, all.toArray(String[]::new));
        assertThat(run.status()).as(run.err()).isZero();
        return run.out();
    }

    private static String settings(int port) {
        String pools =
                Stream.of(Site.US_EAST, Site.EU_WEST)
                        .map(
                                site ->
                                        "%s { endpoints = [{ v4 = \"%s\" }, { v4 = \"%s\" }] }%n"
                                                .formatted(
                                                        site.region(),
                                                        site.backends().getFirst(),
                                                        site.backends().getLast()))
                        .collect(joining());
        String services = SERVICES.stream().map(TrustIT::service).collect(joining());
        return """
               monitors {
                 web { http { port = %d }, interval = 500ms, timeout = 490ms, rise = 1, fall = 2 }
               }
               templates {
                 all {
                   ttl = 1s, answers = 2, monitor = web
                   pools {
                     %s
                   }
                   steer = [{ to = [us-east, eu-west] }]
                 }
               }
               services {
               %s}
               """
                .formatted(port, pools, services);
    }

    /// One that comes back as its name says.
    private static String service(String name) {
        String names =
                IntStream.range(0, NAMES)
                        .mapToObj(i -> '"' + named(i, name) + '"')
                        .collect(joining(", "));
        String comeback =
                switch (name) {
                    case "ramp" -> "failback = ramp, ramp = 5s";
                    case "manual" -> "failback = manual";
                    default -> "failback = automatic";
                };
        return "%1$s { like = all, names = [\"*.%1$s.example.com\", %2$s], %3$s }%n"
                .formatted(name, names, comeback);
    }

    private static String named(int number, String service) {
        return "n" + number + "." + service + ".example.com";
    }

    @AfterEach
    void end() {
        isOver.set(true);
        if (unbound != null) unbound.close();
        if (solo != null) solo.close();
        if (backends != null) backends.close();
    }

    @Test
    void whateverDiesAndComesBackEveryAnswerIsSecure() throws Exception {
        awaitAt(Site.US_EAST.backends(), SERVICES);
        for (int i = 0; i < CLIENTS; i++)
            clients.add(Thread.ofPlatform().daemon().start(this::askOn));

        // a part of a pool, and then the other part
        for (String dead : Site.US_EAST.backends()) {
            backends.kill(dead);
            awaitAt(others(Site.US_EAST, dead), SERVICES);
            backends.revive(dead);
            awaitAt(Site.US_EAST.backends(), SERVICES);
        }

        // all of it: a failover
        backends.kill(Site.US_EAST);
        awaitAt(Site.EU_WEST.backends(), SERVICES);

        // each comes back as it is told to
        backends.revive(Site.US_EAST);
        awaitAt(Site.US_EAST.backends(), List.of("prompt"));
        var both = new HashSet<String>(Site.US_EAST.backends());
        both.addAll(Site.EU_WEST.backends());
        awaitAt(both, List.of("ramp"));
        awaitAt(Site.US_EAST.backends(), List.of("ramp"));
        assertThat(addresses("manual")).isEqualTo(Set.copyOf(Site.EU_WEST.backends()));
        failBack();
        awaitAt(Site.US_EAST.backends(), List.of("manual"));

        isOver.set(true);
        for (Thread client : clients) client.join();
        assertThat(wrong).as("of %s that were secure", secure).isEmpty();
        assertThat(secure.get()).isGreaterThan(1_000);
    }

    private static List<String> others(Site site, String address) {
        return site.backends().stream().filter(one -> !one.equals(address)).toList();
    }

    private void failBack() throws Exception {
        Run run =
                Run.meridian(
                        folder,
                        "failback",
                        "us-east",
                        "--service",
                        "manual",
                        "--reason",
                        "mended",
                        "--api",
                        solo.node().api().root().toString());
        assertThat(run.status()).as(run.out() + run.err()).isZero();
    }

    /// Until clients of these services are sent to all of these, and to nothing else; then delv is
    /// asked too.
    private void awaitAt(Collection<String> addresses, List<String> services) throws Exception {
        for (String service : services)
            Fleet.await(service + " is at " + addresses)
                    .until(() -> addresses(service).equals(Set.copyOf(addresses)));
        for (String service : services) assertThat(delv(service)).contains("; fully validated");
    }

    private Set<String> addresses(String service) throws IOException {
        var addresses = new HashSet<String>();
        for (int i = 0; i < NAMES; i++) addresses.addAll(addresses(ask(named(i, service), Type.A)));
        return addresses;
    }

    private static List<String> addresses(Message answer) {
        return answer.getSection(Section.ANSWER).stream()
                .filter(ARecord.class::isInstance)
                .map(record -> ((ARecord) record).getAddress().getHostAddress())
                .toList();
    }

    /// One that nobody has asked for before.
    private String fresh(String service) {
        return "x" + number.incrementAndGet() + "." + service + ".example.com";
    }

    private void askOn() {
        while (!isOver.get()) {
            try {
                for (String service : SERVICES) {
                    judge(ask(named(0, service), Type.A), Rcode.NOERROR, true);
                    judge(ask(fresh(service), Type.A), Rcode.NOERROR, true);
                    judge(ask(fresh(service), Type.AAAA), Rcode.NOERROR, false);
                    judge(ask(fresh("nothing"), Type.A), Rcode.NXDOMAIN, false);
                }
            } catch (IOException e) {
                if (!isOver.get()) wrong.add("no response: " + e);
            }
        }
    }

    private void judge(Message answer, int rcode, boolean hasAddresses) {
        boolean isRight =
                answer.getRcode() == rcode
                        && answer.getHeader().getFlag(Flags.AD)
                        && addresses(answer).isEmpty() != hasAddresses;
        if (isRight) secure.incrementAndGet();
        else wrong.add(answer.toString());
    }

    private Message ask(String name, int type) throws IOException {
        return unbound.ask(name + ".", type);
    }

    private String delv(String service) throws IOException, InterruptedException {
        var command =
                List.of(
                        Tool.DELV.path().orElseThrow().toString(),
                        "@127.0.0.1",
                        "-p",
                        Integer.toString(solo.node().address().getPort()),
                        "-a",
                        unbound.anchors().toString(),
                        "+root=example.com",
                        fresh(service),
                        "A");
        Run run = Run.of(folder, Map.of(), command);
        return run.out() + run.err();
    }
}
