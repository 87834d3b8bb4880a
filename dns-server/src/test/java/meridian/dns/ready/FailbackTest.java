package meridian.dns.ready;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import meridian.dns.geo.Atlas;
import meridian.health.Health;
import meridian.health.Tally;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.intent.Drain;
import meridian.intent.Failback;
import meridian.intent.Freeze;
import meridian.intent.Intents;
import meridian.intent.Origin;
import meridian.intent.Scope;
import meridian.record.DomainName;
import meridian.record.RecordType;
import meridian.steering.Explanation;
import meridian.steering.Plan;
import meridian.steering.Reason;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.Agreement;
import meridian.topology.AllDown;
import meridian.topology.Comeback;
import meridian.topology.Coordinates;
import meridian.topology.Destination;
import meridian.topology.Endpoint;
import meridian.topology.GuardLimits;
import meridian.topology.Network;
import meridian.topology.Node;
import meridian.topology.NodeId;
import meridian.topology.Policy;
import meridian.topology.Pool;
import meridian.topology.Region;
import meridian.topology.RegionId;
import meridian.topology.Role;
import meridian.topology.Service;
import meridian.topology.ServiceId;
import meridian.topology.Topology;
import org.junit.jupiter.api.Test;

/// How clients come back to a region that was out. All clients here like the US best, then the EU.
class FailbackTest {

    private static final RegionId US = new RegionId("us-east");
    private static final RegionId EU = new RegionId("eu-west");
    private static final NodeId SELF = new NodeId("us-east-1");
    private static final List<RegionId> REGIONS = List.of(US, EU);
    private static final Comeback BY_HAND = new Comeback(true, Duration.ZERO);
    private static final Comeback RAMP = new Comeback(false, Duration.ofSeconds(60));

    private SnapshotKeeper keeper = keeper(BY_HAND);
    private Tally tally = Tally.EMPTY;
    private Intents intents = Intents.NONE;

    @Test
    void whatComesBackByHandWaitsUntilAPersonLetsIt() {
        usIsDownFrom10To20();
        assertThat(served(21)).isEqualTo(EU);
        assertThat(served(3600)).isEqualTo(EU);
        failback(3700);
        assertThat(served(3700)).isEqualTo(US);
    }

    @Test
    void aFailbackIsAboutTheFallBeforeItAndNotTheNext() {
        bothServe();
        turn(US, Health.DOWN, 10);
        served(10);
        failback(15);
        turn(US, Health.UP, 20);
        assertThat(served(20)).isEqualTo(US);
        turn(US, Health.DOWN, 30);
        served(30);
        turn(US, Health.UP, 40);
        assertThat(served(40)).isEqualTo(EU);
    }

    @Test
    void whatWaitsIsAnsweredWhereNothingElseIsEligible() {
        usIsDownFrom10To20();
        turn(EU, Health.DOWN, 30);
        Explanation explained = explained(30);
        assertThat(explained.choice().reason()).isEqualTo(Reason.WAITING);
        assertThat(explained.choice().region()).contains(US);
        turn(EU, Health.UP, 40);
        assertThat(explained(40).choice().reason()).as("both wait").isEqualTo(Reason.WAITING);
    }

    @Test
    void whatWaitsSaysSoAndSinceWhen() {
        usIsDownFrom10To20();
        Explanation explained = explained(30);
        assertThat(explained.candidates().getFirst().condition(RecordType.A))
                .startsWith("waits for a failback since 1970-01-01T00:00:10Z; 1 of 1 endpoints up");
        assertThat(explained.outcome(explained.candidates().getFirst()))
                .isEqualTo("rejected: waits for a failback");
    }

    @Test
    void aNodeThatSawNothingOfTheFallAndARestartedOneLetWaitToo() {
        usIsDownFrom10To20();
        keeper = keeper(BY_HAND);
        tally = Tally.EMPTY.merged(tally.verdicts());
        assertThat(served(30)).isEqualTo(EU);
    }

    @Test
    void whatWasNeverUpHasNotFallen() {
        turn(EU, Health.UP, 9);
        turn(US, Health.DOWN, 10);
        assertThat(served(10)).isEqualTo(EU);
        turn(US, Health.UP, 20);
        assertThat(served(20)).isEqualTo(US);
    }

    @Test
    void whatServedBeforeARestartFallsAfterIt() {
        bothServe();
        keeper = keeper(BY_HAND);
        tally = Tally.EMPTY.merged(tally.verdicts());
        turn(US, Health.DOWN, 10);
        served(10);
        turn(US, Health.UP, 20);
        assertThat(served(20)).isEqualTo(EU);
    }

    @Test
    void aNodeWithoutItsDiskLetsNothingWaitThatOthersServe() {
        keeper = keeper(BY_HAND, 100, 1);
        turn(US, 1, Health.UP, 9);
        turn(US, 2, Health.DOWN, 10);
        assertThat(served(11)).isEqualTo(EU);
        turn(EU, Health.DOWN, 8);
        assertThat(explained(12).candidates().getFirst().held()).isTrue();
        turn(US, 2, Health.UP, 20);
        assertThat(explained(20).choice().reason()).isEqualTo(Reason.ACTIVE);
    }

    @Test
    void whatIsStillDownSaysThatFirst() {
        bothServe();
        turn(US, Health.DOWN, 10);
        Explanation explained = explained(10);
        assertThat(explained.candidates().getFirst().condition(RecordType.A))
                .isEqualTo("down; 0 of 1 endpoints up, 1 needed; once up it waits for a failback");
        assertThat(explained.outcome(explained.candidates().getFirst()))
                .isEqualTo("rejected: down");
    }

    @Test
    void whatTheGuardHoldsHasNotGoneAndDoesNotWaitWhenItRecovers() {
        keeper = keeper(BY_HAND, 100, 2);
        turn(EU, Health.UP, 8);
        turn(US, 1, Health.UP, 9);
        turn(US, 2, Health.DOWN, 10);
        assertThat(explained(10).candidates().getFirst().held()).isTrue();
        assertThat(served(10)).isEqualTo(US);
        turn(US, 2, Health.UP, 20);
        assertThat(served(20)).isEqualTo(US);

        keeper = keeper(BY_HAND, 100, 1);
        turn(US, 2, Health.DOWN, 30);
        assertThat(served(30)).as("not held: enough are left").isEqualTo(EU);
        turn(US, 2, Health.UP, 40);
        assertThat(served(40)).as("it was out, and waits").isEqualTo(EU);
    }

    @Test
    void whatFallsFurtherAfterAFailbackIsNoFallOfItsOwn() {
        keeper = keeper(BY_HAND, 100, 1);
        turn(EU, Health.UP, 8);
        turn(US, 1, Health.UP, 9);
        served(9);
        turn(US, 2, Health.DOWN, 10);
        assertThat(served(10)).isEqualTo(EU);
        failback(15);
        turn(US, 1, Health.DOWN, 20);
        assertThat(served(20)).isEqualTo(EU);
        turn(US, 1, Health.UP, 30);
        turn(US, 2, Health.UP, 31);
        assertThat(served(31)).isEqualTo(US);
    }

    @Test
    void aDrainThatEndsByItselfIsFollowedByWaitingAndAnUndrainIsNot() {
        drain("d1", 10, Optional.of(Instant.EPOCH.plusSeconds(60)));
        assertThat(served(30)).isEqualTo(EU);
        assertThat(served(61)).isEqualTo(EU);
        failback(70);
        assertThat(served(70)).isEqualTo(US);

        drain("d2", 80, Optional.of(Instant.EPOCH.plusSeconds(200)));
        assertThat(served(90)).isEqualTo(EU);
        intents = intents.ended("d2", "ann", Instant.EPOCH.plusSeconds(100), stamp(100));
        assertThat(served(100)).isEqualTo(US);
        drain("d3", 110, Optional.empty());
        assertThat(served(110)).isEqualTo(EU);
        intents = intents.ended("d3", "ann", Instant.EPOCH.plusSeconds(120), stamp(120));
        assertThat(served(120)).isEqualTo(US);
    }

    @Test
    void clientsComeBackStepByStep() {
        keeper = keeper(RAMP);
        served(0);
        usIsDownFrom10To20();
        assertThat(percentOfUs(20)).isEqualTo(10);
        assertThat(percentOfUs(34)).isEqualTo(10);
        assertThat(percentOfUs(35)).isEqualTo(25);
        assertThat(percentOfUs(50)).isEqualTo(50);
        assertThat(percentOfUs(65)).isEqualTo(75);
        assertThat(percentOfUs(80)).isEqualTo(100);
    }

    @Test
    void anEndedDrainComesBackStepByStepToo() {
        keeper = keeper(RAMP);
        served(0);
        drain("d1", 10, Optional.of(Instant.EPOCH.plusSeconds(60)));
        assertThat(percentOfUs(30)).isZero();
        assertThat(percentOfUs(60)).isEqualTo(10);
        assertThat(percentOfUs(120)).isEqualTo(100);
    }

    @Test
    void whatIsUpWhenANodeStartsHasAllItsClients() {
        keeper = keeper(RAMP);
        assertThat(percentOfUs(0)).isEqualTo(100);
        turn(US, Health.UP, 1);
        assertThat(percentOfUs(1)).as("unknown before, and answered").isEqualTo(100);
    }

    @Test
    void whatClimbsHasAllClientsWhereNothingElseIsUp() {
        keeper = keeper(RAMP);
        served(0);
        usIsDownFrom10To20();
        turn(EU, Health.DOWN, 25);
        assertThat(percentOfUs(25)).isEqualTo(100);
        turn(EU, Health.UP, 30);
        assertThat(percentOfUs(30)).isEqualTo(10);
    }

    @Test
    void whileFrozenNothingClimbs() {
        keeper = keeper(RAMP);
        served(0);
        usIsDownFrom10To20();
        var until = Optional.of(Instant.EPOCH.plusSeconds(500));
        intents = intents.with(new Freeze(origin("f1", 21, until)), stamp(21));
        assertThat(percentOfUs(21)).isEqualTo(10);
        assertThat(percentOfUs(499)).isEqualTo(10);
        assertThat(percentOfUs(500)).isEqualTo(10);
        assertThat(percentOfUs(515)).isEqualTo(25);
    }

    /// EU is known to be up, so that a ramp may leave clients to it.
    private void usIsDownFrom10To20() {
        bothServe();
        turn(US, Health.DOWN, 10);
        assertThat(served(10)).isEqualTo(EU);
        turn(US, Health.UP, 20);
        explained(20);
    }

    private void bothServe() {
        turn(EU, Health.UP, 5);
        turn(US, Health.UP, 5);
        served(5);
    }

    private void turn(RegionId region, Health health, long seconds) {
        turn(region, 1, health, seconds);
    }

    private void turn(RegionId region, int endpoint, Health health, long seconds) {
        tally =
                tally.merged(
                        Map.of(
                                WatchKey.of(address(region, endpoint), RandomFleet.MONITOR),
                                new Verdict(health, stamp(seconds))));
    }

    private void drain(String id, long seconds, Optional<Instant> end) {
        if (seconds == 10) bothServe();
        var drain = new Drain(origin(id, seconds, end), new Scope(US, Optional.empty()), false);
        intents = intents.with(drain, stamp(seconds));
    }

    private void failback(long seconds) {
        Origin origin = origin("back" + seconds, seconds, Optional.empty());
        intents =
                intents.with(new Failback(origin, new Scope(US, Optional.empty())), stamp(seconds));
    }

    private static Origin origin(String id, long seconds, Optional<Instant> end) {
        return new Origin(id, "ann", "upgrade", Instant.EPOCH.plusSeconds(seconds), end);
    }

    private static Stamp stamp(long seconds) {
        return new Stamp(new HybridTime(seconds * 1000, 0), SELF);
    }

    private RegionId served(long seconds) {
        return explained(seconds).choice().region().orElseThrow();
    }

    private long percentOfUs(long seconds) {
        Plan plan = explained(seconds).plan();
        double total = plan.shares().stream().mapToInt(Plan.Share::weight).sum();
        double us =
                plan.shares().stream()
                        .filter(share -> share.region().equals(Optional.of(US)))
                        .mapToInt(Plan.Share::weight)
                        .sum();
        return Math.round(100 * us / total);
    }

    private Explanation explained(long seconds) {
        var now =
                new Moment(
                        Duration.ofSeconds(seconds).toNanos(),
                        new HybridTime(seconds * 1000, 0),
                        Instant.EPOCH.plusSeconds(seconds));
        tally = keeper.counting(intents, now).apply(tally);
        Edition edition = keeper.step(tally, intents, now).edition();
        DomainName shop = DomainName.of("shop.example.com");
        return Explainer.explain(edition, shop, RecordType.A, Network.of("192.0.2.9"), -1L)
                .orElseThrow();
    }

    private static SnapshotKeeper keeper(Comeback comeback) {
        return keeper(comeback, 0, 1);
    }

    /// @param minUp of the pool in the US: 0, where it has one endpoint, or it has two
    private static SnapshotKeeper keeper(Comeback comeback, int minUp, int keepRegions) {
        Topology topology =
                Topology.of(
                        REGIONS.stream().map(FailbackTest::node).toList(),
                        REGIONS.stream().map(FailbackTest::region).toList(),
                        List.of(service(comeback, minUp, keepRegions)),
                        Agreement.DEFAULT);
        return new SnapshotKeeper(SELF, Serving.of(topology, RandomFleet.zones(), Atlas.EMPTY));
    }

    private static Node node(RegionId region) {
        return new Node(
                new NodeId(region + "-1"),
                region,
                Set.of(Role.values()),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static Region region(RegionId region) {
        return new Region(region, new Coordinates(0, 0), 100, false, List.of());
    }

    private static Service service(Comeback comeback, int minUp, int keepRegions) {
        return new Service(
                new ServiceId("shop"),
                List.of(DomainName.of("shop.example.com")),
                Duration.ofSeconds(20),
                1,
                Optional.of(RandomFleet.MONITOR),
                List.of(minUp == 0 ? pool(US, 0, 1) : pool(US, minUp, 2), pool(EU, 0, 1)),
                new Policy(List.of()),
                new AllDown.FailOpen(),
                new GuardLimits(keepRegions),
                comeback);
    }

    private static Pool pool(RegionId region, int minUp, int size) {
        return new Pool(
                region,
                minUp,
                IntStream.rangeClosed(1, size).mapToObj(i -> endpoint(region, i)).toList());
    }

    private static Endpoint endpoint(RegionId region, int number) {
        var destination = new Destination.Address(address(region, number));
        return new Endpoint(destination, 1, Optional.empty(), Optional.empty());
    }

    private static InetAddress address(RegionId region, int endpoint) {
        return Network.addressOf("192.0.2." + (10 * REGIONS.indexOf(region) + endpoint));
    }
}
