package meridian.dns.ready;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import meridian.dns.geo.Atlas;
import meridian.health.Health;
import meridian.health.Opinion;
import meridian.health.Report;
import meridian.health.Tally;
import meridian.health.Vote;
import meridian.health.WatchKey;
import meridian.intent.Drain;
import meridian.intent.Freeze;
import meridian.intent.Intents;
import meridian.intent.Origin;
import meridian.intent.Retirement;
import meridian.intent.Scope;
import meridian.record.DomainName;
import meridian.record.RecordType;
import meridian.steering.Explanation;
import meridian.steering.Guard;
import meridian.steering.Reason;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.Agreement;
import meridian.topology.AllDown;
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

class SnapshotKeeperTest {

    private static final RegionId US = new RegionId("us-east");
    private static final RegionId EU = new RegionId("eu-west");
    private static final RegionId AP = new RegionId("ap-south");
    private static final NodeId SELF = new NodeId("us-east-1");
    private static final List<RegionId> REGIONS = List.of(US, EU, AP);
    private static final DomainName SHOP = DomainName.of("shop.example.com");

    private final Serving serving = Serving.of(topology(), RandomFleet.zones(), Atlas.EMPTY);
    private final SnapshotKeeper keeper = new SnapshotKeeper(SELF, serving);
    private Tally tally = Tally.EMPTY;
    private Intents intents = Intents.NONE;
    private long sequence;

    @Test
    void oneVantageAloneMovesNothing() {
        report("us-east-1", US, Health.DOWN, 0);
        assertThat(regionServed(0)).isEqualTo(US);
    }

    @Test
    void aMajorityMovesTraffic() {
        report("us-east-1", US, Health.DOWN, 0);
        report("eu-west-1", US, Health.DOWN, 0);
        assertThat(regionServed(0)).isEqualTo(EU);
    }

    @Test
    void aTurnTellsTheVotesThatMadeIt() {
        report("us-east-1", US, Health.DOWN, 0);
        report("eu-west-1", US, Health.DOWN, 0);
        SnapshotKeeper.Step step = step(0);
        SnapshotKeeper.Turn turn =
                step.turns().stream()
                        .filter(
                                any ->
                                        any.key()
                                                .equals(
                                                        WatchKey.of(
                                                                address(US), RandomFleet.MONITOR)))
                        .findFirst()
                        .orElseThrow();
        assertThat(turn.before()).isEqualTo(Health.UNKNOWN);
        assertThat(turn.after().health()).isEqualTo(Health.DOWN);
        assertThat(step.votes(turn.key()))
                .extracting(Vote::health)
                .containsExactly(Health.DOWN, Health.DOWN, Health.UNKNOWN);
    }

    @Test
    void silenceKeepsThePreviousVerdict() {
        report("us-east-1", US, Health.DOWN, 0);
        report("eu-west-1", US, Health.DOWN, 0);
        step(0);
        assertThat(regionServed(3600)).isEqualTo(EU);
    }

    @Test
    void anEditionIsPublishedOnlyWhenSomethingChanged() {
        Edition first = step(0).edition();
        report("us-east-1", US, Health.UP, 1);
        assertThat(step(1).edition()).isSameAs(first);
    }

    @Test
    void theReadyAnswersOfAnUntouchedServiceAreKept() {
        Edition first = step(0).edition();
        report("us-east-1", US, Health.DOWN, 1);
        report("eu-west-1", US, Health.DOWN, 1);
        Edition second = step(1).edition();
        assertThat(second.number()).isEqualTo(first.number() + 1);
        assertThat(second.answers().service(1)).isSameAs(first.answers().service(1));
        assertThat(second.answers().service(0)).isNotSameAs(first.answers().service(0));
    }

    @Test
    void aDrainEmptiesARegionAndItsEndFillsItAgain() {
        Drain drain = new Drain(origin("d1", 60), new Scope(US, Optional.empty()), false);
        intents = intents.with(drain, new Stamp(new HybridTime(1, 0), SELF));
        assertThat(regionServed(59)).isEqualTo(EU);
        assertThat(regionServed(60)).isEqualTo(US);
    }

    /// A script that drains one region after the other is faster than snapshots are made.
    @Test
    void theGuardIsAskedByADrainThatNoSnapshotShowsYet() {
        Edition before = step(0).edition();
        Drain drain = new Drain(origin("d1", 60), new Scope(US, Optional.empty()), false);
        intents = intents.with(drain, new Stamp(new HybridTime(1, 0), SELF));
        Stamp next = new Stamp(new HybridTime(2, 0), SELF);
        assertThat(Guard.breaches(before.states(), EU, next)).isEmpty();
        assertThat(Guard.breaches(before.known(tally.verdicts(), intents, Instant.EPOCH), EU, next))
                .isNotEmpty();
    }

    @Test
    void whileFrozenNothingMovesAndAfterwardsWhatWasSeenHolds() {
        report("us-east-1", US, Health.UP, 0);
        report("eu-west-1", US, Health.UP, 0);
        assertThat(regionServed(0)).isEqualTo(US);
        Origin origin = origin("f1", 60);
        intents = intents.with(new Freeze(origin), new Stamp(new HybridTime(1, 0), SELF));

        report("us-east-1", US, Health.DOWN, 57);
        report("eu-west-1", US, Health.DOWN, 57);
        assertThat(regionServed(59)).isEqualTo(US);
        assertThat(regionServed(60)).isEqualTo(EU);
    }

    @Test
    void aDrainIsObeyedWhileFrozen() {
        Origin origin = origin("f1", 60);
        intents = intents.with(new Freeze(origin), new Stamp(new HybridTime(1, 0), SELF));
        Drain drain = new Drain(origin("d1", 60), new Scope(US, Optional.empty()), false);
        intents = intents.with(drain, new Stamp(new HybridTime(1, 0), SELF));
        assertThat(regionServed(30)).isEqualTo(EU);
    }

    /// Its data centre is gone for good, and with it every second vote.
    @Test
    void withoutARetiredVantageFewerDecide() {
        report("us-east-1", US, Health.DOWN, 0);
        assertThat(regionServed(0)).isEqualTo(US);
        for (String gone : List.of("eu-west-1", "ap-south-1")) {
            intents =
                    intents.with(
                            new Retirement(origin(gone, 60), new NodeId(gone)),
                            new Stamp(new HybridTime(1, 0), SELF));
        }
        assertThat(step(1).edition().quorum().vantages()).containsOnlyKeys(SELF);
        assertThat(regionServed(1)).isEqualTo(EU);
    }

    private static Origin origin(String id, long seconds) {
        return new Origin(
                id,
                "ann",
                "upgrade",
                Instant.EPOCH,
                Optional.of(Instant.EPOCH.plusSeconds(seconds)));
    }

    private RegionId regionServed(long seconds) {
        Edition edition = step(seconds).edition();
        Explanation explained =
                Explainer.explain(edition, SHOP, RecordType.A, Network.of("192.0.2.1"), 0)
                        .orElseThrow();
        assertThat(explained.choice().reason()).isIn(Reason.ACTIVE, Reason.ACTIVE_UNKNOWN);
        return explained.choice().region().orElseThrow();
    }

    private SnapshotKeeper.Step step(long seconds) {
        var now =
                new Moment(
                        Duration.ofSeconds(seconds).toNanos(),
                        new HybridTime(seconds * 1000, 0),
                        Instant.EPOCH.plusSeconds(seconds));
        tally = keeper.counting(intents, now).apply(tally);
        return keeper.step(tally, intents, now);
    }

    /// One checker says `health` of one region's endpoint, and up of the others.
    private void report(String vantage, RegionId region, Health health, long seconds) {
        var opinions = new LinkedHashMap<WatchKey, Opinion>();
        for (RegionId each : REGIONS) {
            var opinion =
                    new Opinion(
                            each.equals(region) ? health : Health.UP,
                            new HybridTime(seconds * 1000, 0),
                            "");
            opinions.put(WatchKey.of(address(each), RandomFleet.MONITOR), opinion);
        }
        var report = new Report(new NodeId(vantage), 1, ++sequence, false, opinions);
        tally = tally.heard(report, Duration.ofSeconds(seconds).toNanos());
    }

    private static java.net.InetAddress address(RegionId region) {
        return Network.addressOf("192.0.2." + (1 + REGIONS.indexOf(region)));
    }

    private static Topology topology() {
        return Topology.of(
                REGIONS.stream()
                        .map(
                                region ->
                                        new Node(
                                                new NodeId(region + "-1"),
                                                region,
                                                Set.of(Role.values()),
                                                List.of(),
                                                Optional.empty(),
                                                Optional.empty()))
                        .toList(),
                REGIONS.stream()
                        .map(
                                region ->
                                        new Region(
                                                region,
                                                new Coordinates(0, 0),
                                                100,
                                                false,
                                                List.of()))
                        .toList(),
                List.of(
                        service("shop", Optional.of(RandomFleet.MONITOR)),
                        service("static", Optional.empty())),
                Agreement.DEFAULT);
    }

    private static Service service(String name, Optional<meridian.topology.Monitor> monitor) {
        return new Service(
                new ServiceId(name),
                List.of(DomainName.of(name + ".example.com")),
                Duration.ofSeconds(20),
                1,
                monitor,
                REGIONS.stream()
                        .map(
                                region ->
                                        new Pool(
                                                region,
                                                0,
                                                List.of(
                                                        new Endpoint(
                                                                new Destination.Address(
                                                                        address(region)),
                                                                1,
                                                                Optional.empty(),
                                                                Optional.empty()))))
                        .toList(),
                new Policy(List.of()),
                new AllDown.FailOpen(),
                new GuardLimits(1));
    }
}
