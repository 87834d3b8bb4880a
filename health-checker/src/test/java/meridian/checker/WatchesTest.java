package meridian.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import meridian.checker.probe.Probe;
import meridian.health.Health;
import meridian.health.ProbeResult;
import meridian.health.WatchKey;
import meridian.record.DomainName;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.Agreement;
import meridian.topology.AllDown;
import meridian.topology.Check;
import meridian.topology.Coordinates;
import meridian.topology.Destination;
import meridian.topology.Endpoint;
import meridian.topology.GuardLimits;
import meridian.topology.Monitor;
import meridian.topology.Network;
import meridian.topology.NodeId;
import meridian.topology.Policy;
import meridian.topology.Pool;
import meridian.topology.Region;
import meridian.topology.RegionId;
import meridian.topology.RiseFall;
import meridian.topology.SelfTest;
import meridian.topology.Service;
import meridian.topology.ServiceId;
import meridian.topology.Topology;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchesTest {

    private static final Monitor MONITOR = monitor("web", 80);
    private static final String A = "192.0.2.1";
    private static final String B = "192.0.2.2";
    private static final RegionId HERE = new RegionId("here");

    private final SimulatedPauses pauses = new SimulatedPauses();
    private final AtomicLong stamps = new AtomicLong();
    private final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
    private final Map<String, Probe> behaviours = new ConcurrentHashMap<>();
    private final AtomicInteger turns = new AtomicInteger();
    private final Watches watches =
            new Watches(
                    this::probe,
                    pauses,
                    () -> new HybridTime(stamps.incrementAndGet(), 0),
                    new Random(5));

    @AfterEach
    void close() {
        watches.close();
    }

    @Test
    void whatIsWatchedIsProbedOnceAnInterval() throws Exception {
        watches.reconfigure(topology(service("shop", MONITOR, A, B)));
        pauses.advanceTo(seconds(60), 2);
        assertThat(attempts(A)).isEqualTo(60);
        assertThat(attempts(B)).isEqualTo(60);
        assertThat(healths())
                .containsOnly(Map.entry(key(A), Health.UP), Map.entry(key(B), Health.UP));
    }

    @Test
    void servicesThatAskTheSameShareOneWatch() throws Exception {
        watches.reconfigure(
                topology(
                        service("shop", MONITOR, A),
                        service("blog", monitor("web-again", 80), A),
                        service("mail", monitor("smtp", 25), A)));
        pauses.advanceTo(seconds(10), 2);
        assertThat(watches.opinions()).hasSize(2);
        assertThat(attempts(A)).isEqualTo(20);
    }

    @Test
    void aServiceWithoutAMonitorIsNotWatched() {
        watches.reconfigure(topology(service("shop", Optional.empty(), List.of(A))));
        assertThat(watches.opinions()).isEmpty();
    }

    @Test
    void whoReachesNoReferenceAbstainsAndTellsAtOnce() throws Exception {
        var told = new ArrayList<Boolean>();
        watches.onTurn(() -> told.add(watches.abstains()));
        watches.reconfigure(topology(), selfTest(A, B));
        pauses.advanceTo(seconds(5), 2);
        behaviours.put(A, WatchesTest::refused);
        pauses.advanceTo(seconds(10), 2);
        assertThat(watches.abstains()).as("one reference answers").isFalse();
        behaviours.put(B, WatchesTest::refused);
        pauses.advanceTo(seconds(15), 2);
        assertThat(watches.abstains()).isTrue();
        behaviours.put(B, WatchesTest::passed);
        pauses.advanceTo(seconds(20), 2);
        assertThat(watches.abstains()).isFalse();
        assertThat(told).containsExactly(false, false, false, true, false);
        assertThat(watches.opinions()).as("references are no endpoints").isEmpty();
    }

    @Test
    void aReferenceThatCannotBeAskedSaysNothing() throws Exception {
        behaviours.put(A, () -> new ProbeResult.NotMade("this machine has no route to " + A));
        watches.reconfigure(topology(), selfTest(A));
        pauses.advanceTo(seconds(10), 1);
        assertThat(watches.abstains()).isFalse();
        behaviours.put(B, WatchesTest::refused);
        watches.reconfigure(topology(), selfTest(A, B));
        pauses.advanceTo(seconds(20), 2);
        assertThat(watches.abstains()).isTrue();
    }

    @Test
    void withoutAReferenceTheSelfTestIsOff() throws Exception {
        behaviours.put(A, WatchesTest::refused);
        watches.reconfigure(topology(), selfTest(A));
        pauses.advanceTo(seconds(10), 1);
        assertThat(watches.abstains()).isTrue();
        watches.reconfigure(topology(), SelfTest.OFF);
        assertThat(watches.abstains()).isFalse();
    }

    @Test
    void aPardonIsAppliedOnceAndLetsBackAtTheNextPass() throws Exception {
        watches.reconfigure(topology(service("shop", MONITOR, A)));
        for (int turn = 0; turn < 6; turn++) {
            behaviours.put(A, WatchesTest::passed);
            pauses.advanceTo(seconds(10 * turn + 5), 1);
            behaviours.put(A, WatchesTest::refused);
            pauses.advanceTo(seconds(10 * turn + 10), 1);
        }
        behaviours.put(A, WatchesTest::passed);
        pauses.advanceTo(seconds(65), 1);
        assertThat(watches.heldOut()).isEqualTo(1);
        assertThat(healths()).containsValue(Health.DOWN);
        var stamp = new Stamp(new HybridTime(9, 0), new NodeId("a"));
        watches.pardon(Map.of(Network.addressOf(B), stamp));
        assertThat(watches.heldOut()).isEqualTo(1);
        watches.pardon(Map.of(Network.addressOf(A), stamp));
        pauses.advanceTo(seconds(67), 1);
        assertThat(watches.heldOut()).isZero();
        assertThat(healths()).containsValue(Health.UP);
    }

    @Test
    void eachTurnIsToldOnceAndAfterItShows() throws Exception {
        var seen = new ArrayList<Health>();
        watches.onTurn(() -> seen.add(healths().get(key(A))));
        watches.reconfigure(topology(service("shop", MONITOR, A)));
        pauses.advanceTo(seconds(5), 1);
        behaviours.put(A, WatchesTest::refused);
        pauses.advanceTo(seconds(10), 1);
        behaviours.put(A, WatchesTest::passed);
        pauses.advanceTo(seconds(15), 1);
        assertThat(seen).containsExactly(Health.UP, Health.DOWN, Health.UP);
    }

    @Test
    void theFirstResultOfARunIsNoticedAndThenTheTurn() throws Exception {
        var seen = new ArrayList<String>();
        watches.onNotice(notice -> seen.add(notice.what() + " " + notice.health()));
        watches.reconfigure(topology(service("shop", MONITOR, A)));
        pauses.advanceTo(seconds(5), 1);
        behaviours.put(A, WatchesTest::refused);
        pauses.advanceTo(seconds(6), 1);
        behaviours.put(A, WatchesTest::passed);
        pauses.advanceTo(seconds(7), 1);
        behaviours.put(A, WatchesTest::refused);
        pauses.advanceTo(seconds(10), 1);
        assertThat(seen)
                .containsExactly(
                        "RESULT UP",
                        "OPINION UP",
                        "RESULT DOWN",
                        "RESULT UP",
                        "RESULT DOWN",
                        "OPINION DOWN");
    }

    @Test
    void whatStaysKeepsItsStandingAndWhatGoesIsNotProbedAgain() throws Exception {
        watches.reconfigure(topology(service("shop", MONITOR, A, B)));
        pauses.advanceTo(seconds(10), 2);
        var before = watches.opinions().get(key(A));

        watches.reconfigure(topology(service("shop", MONITOR, A), service("new", MONITOR, A)));
        pauses.advanceTo(seconds(20), 1);

        assertThat(attempts(B)).isEqualTo(10);
        assertThat(watches.opinions()).containsOnly(Map.entry(key(A), before));
        assertThat(watches.counts().watches()).isEqualTo(1);
    }

    /// PowerDNS #7988: checks went on after their record was deleted.
    @Test
    void anAttemptUnderWayEndsWithItsWatchAndIsNotHeard() throws Exception {
        var begun = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        behaviours.put(
                A,
                () -> {
                    begun.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException _) {
                        ended.countDown();
                    }
                    return refused();
                });
        watches.onTurn(turns::incrementAndGet);
        watches.reconfigure(topology(service("shop", monitor("web", 80, 1), A)));
        pauses.advanceTo(0, 1);
        var time = Thread.startVirtualThread(() -> advanceTo(seconds(1)));
        begun.await();
        watches.close();
        ended.await();
        time.interrupt();

        assertThat(watches.opinions()).isEmpty();
        assertThat(turns).hasValue(0);
        assertThat(watches.counts().failed()).allSatisfy((_, count) -> assertThat(count).isZero());
    }

    @Test
    void aDefectOfAProbeIsNotAVoteAndDoesNotEndTheWatch() throws Exception {
        watches.reconfigure(topology(service("shop", MONITOR, A, B)));
        pauses.advanceTo(seconds(5), 2);
        behaviours.put(
                A,
                () -> {
                    throw new IllegalStateException("a defect made for this test");
                });
        behaviours.put(
                B,
                () -> {
                    throw new StackOverflowError("an error made for this test");
                });
        pauses.advanceTo(seconds(20), 2);
        assertThat(healths())
                .containsOnly(Map.entry(key(A), Health.UNKNOWN), Map.entry(key(B), Health.UNKNOWN));
        for (String address : List.of(A, B)) behaviours.put(address, WatchesTest::passed);
        pauses.advanceTo(seconds(25), 2);
        assertThat(healths())
                .containsOnly(Map.entry(key(A), Health.UP), Map.entry(key(B), Health.UP));
    }

    @Test
    void whatWasDoneIsCounted() throws Exception {
        behaviours.put(B, WatchesTest::refused);
        watches.reconfigure(topology(service("shop", MONITOR, A, B)));
        pauses.advanceTo(seconds(100), 2);
        Counts counts = watches.counts();
        assertThat(counts.passed()).isEqualTo(100);
        assertThat(counts.failed()).containsEntry(ProbeResult.Kind.CONNECTION, 100L);
        assertThat(counts.lateness().count()).isEqualTo(200);
        assertThat(counts.lateness().quantile(0.99)).isEqualTo(Duration.ofNanos(100_000));
        assertThat(counts.skipped()).isZero();
    }

    private Probe probe(InetAddress address, Monitor monitor) {
        String text = address.getHostAddress();
        return () -> {
            attempts.computeIfAbsent(text, _ -> new AtomicInteger()).incrementAndGet();
            return behaviours.getOrDefault(text, WatchesTest::passed).attempt();
        };
    }

    private static ProbeResult passed() {
        return new ProbeResult.Passed(Duration.ofMillis(1));
    }

    private static ProbeResult refused() {
        return new ProbeResult.Failed(ProbeResult.Kind.CONNECTION, "connection refused");
    }

    private int attempts(String address) {
        return attempts.getOrDefault(address, new AtomicInteger()).get();
    }

    private Map<WatchKey, Health> healths() {
        var healths = new ConcurrentHashMap<WatchKey, Health>();
        watches.opinions().forEach((key, opinion) -> healths.put(key, opinion.health()));
        return healths;
    }

    private void advanceTo(long moment) {
        try {
            pauses.advanceTo(moment, 1);
        } catch (InterruptedException _) {
            // the watch that it waited for was stopped
        }
    }

    private static WatchKey key(String address) {
        return WatchKey.of(Network.addressOf(address), MONITOR);
    }

    private static SelfTest selfTest(String... references) {
        return SelfTest.OFF.of(
                Stream.of(references)
                        .map(text -> new InetSocketAddress(Network.addressOf(text), 53))
                        .toList());
    }

    private static Topology topology(Service... services) {
        return Topology.of(
                List.of(),
                List.of(new Region(HERE, new Coordinates(0, 0), 1, false, List.of())),
                List.of(services),
                Agreement.DEFAULT);
    }

    private static Service service(String name, Monitor monitor, String... addresses) {
        return service(name, Optional.of(monitor), List.of(addresses));
    }

    private static Service service(String name, Optional<Monitor> monitor, List<String> addresses) {
        List<Endpoint> endpoints = addresses.stream().map(WatchesTest::endpoint).toList();
        return new Service(
                new ServiceId(name),
                List.of(DomainName.of(name + ".example.com")),
                Duration.ofSeconds(20),
                1,
                monitor,
                List.of(new Pool(HERE, 0, endpoints)),
                new Policy(List.of()),
                new AllDown.FailOpen(),
                new GuardLimits(1));
    }

    private static Endpoint endpoint(String address) {
        return new Endpoint(
                new Destination.Address(Network.addressOf(address)),
                1,
                Optional.empty(),
                Optional.empty());
    }

    private static Monitor monitor(String name, int port) {
        return monitor(name, port, 2);
    }

    private static Monitor monitor(String name, int port, int fall) {
        return new Monitor(
                name,
                new Check.Tcp(port),
                Duration.ofSeconds(1),
                Duration.ofMillis(500),
                new RiseFall(2, fall));
    }

    private static long seconds(int count) {
        return TimeUnit.SECONDS.toNanos(count);
    }
}
