package meridian.dns.ready;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import meridian.dns.ZoneText;
import meridian.dns.geo.Atlas;
import meridian.dns.signed.Occasion;
import meridian.dns.signed.Signing;
import meridian.dns.signed.TestSigning;
import meridian.health.Health;
import meridian.health.Tally;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.intent.Drain;
import meridian.intent.Intents;
import meridian.intent.Origin;
import meridian.intent.Scope;
import meridian.record.DomainName;
import meridian.record.RecordType;
import meridian.record.ZoneContents;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.Agreement;
import meridian.topology.AllDown;
import meridian.topology.Binding;
import meridian.topology.Comeback;
import meridian.topology.Coordinates;
import meridian.topology.Destination;
import meridian.topology.Endpoint;
import meridian.topology.GuardLimits;
import meridian.topology.Network;
import meridian.topology.NodeId;
import meridian.topology.Policy;
import meridian.topology.Pool;
import meridian.topology.Region;
import meridian.topology.RegionId;
import meridian.topology.Rule;
import meridian.topology.Service;
import meridian.topology.ServiceId;
import meridian.topology.Step;
import meridian.topology.Topology;
import org.junit.jupiter.api.Test;

/// Five regions of two machines each, whose addresses and hosts are in a signed zone.
class AheadTest {

    private static final NodeId SELF = new NodeId("n1");
    private static final String ZONE = "example.com";
    private static final int MACHINES = 2;
    private static final List<RegionId> REGIONS =
            IntStream.range(0, 5).mapToObj(i -> new RegionId("r" + i)).toList();

    private static final List<ZoneContents> ZONES =
            List.of(
                    ZoneText.parse(
                            "example.com.",
                            """
                            $TTL 300
                            @ SOA ns1 admin 1 3600 600 86400 30
                            @ NS ns1
                            ns1 A 192.0.2.53
                            """));

    private static final Binding BOUND =
            new Binding(
                    RecordType.HTTPS, List.of("h2"), OptionalInt.empty(), Optional.empty(), true);

    private final Map<WatchKey, Verdict> verdicts = new HashMap<>();
    private final Set<RegionId> drained = new TreeSet<>();
    private Signing signing = Signing.NONE;
    private Duration ttl = Duration.ofSeconds(20);
    private int second;

    @Test
    void noSingleFallReturnOrDrainIsSignedByTheStepThatPublishesIt() {
        for (int seed = 0; seed < 4; seed++) {
            AllDown allDown = seed % 2 == 0 ? new AllDown.FailOpen() : new AllDown.LastGood();
            SnapshotKeeper keeper = keeper(allDown, seed < 2 ? 0 : 100);
            var random = new Random(seed);
            begin(keeper);
            for (int step = 0; step < 80; step++) {
                String change = change(random);
                assertThat(signedByPublishing(keeper))
                        .as("signatures of step %s, %s, of seed %s", step, change, seed)
                        .isZero();
            }
        }
    }

    /// Several changes at once, and none of them had been published.
    @Test
    void whatNobodyForesawIsSignedWhenItIsPublishedAndCounted() {
        SnapshotKeeper keeper = keeper(new AllDown.FailOpen(), 0);
        begin(keeper);
        for (int region = 0; region < 3; region++) turn(region, 0, Health.DOWN);
        assertThat(signedByPublishing(keeper)).isPositive();
        turn(3, 0, Health.DOWN);
        assertThat(signedByPublishing(keeper)).isZero();
    }

    /// Else a node would know more and more signatures, the longer it runs.
    @Test
    void whatIsNearNoMoreIsForgotten() {
        SnapshotKeeper keeper = keeper(new AllDown.FailOpen(), 0);
        begin(keeper);
        for (int region = 0; region < 3; region++) fall(region, keeper);
        for (int region = 0; region < 3; region++) comeBack(region, keeper);
        for (int region = 0; region < 3; region++) turn(region, Health.DOWN);
        assertThat(signedByPublishing(keeper)).isPositive();
    }

    /// While the keeper's thread signs, nothing that turns is published.
    @Test
    void whatOtherFilesAreAnsweredWithIsSignedBeforeTheyServe() {
        SnapshotKeeper keeper = keeper(new AllDown.FailOpen(), 0);
        begin(keeper);
        turn(1, 0, Health.DOWN);
        turn(2, Health.DOWN);
        drained.add(REGIONS.getFirst());
        ttl = Duration.ofSeconds(30);
        Serving next = serving(new AllDown.FailOpen(), 0, signing.again(TestSigning.NOON));
        Moment now = next();
        Ahead.prepare(next, tally().verdicts(), intents(), now.wall());
        long before = made();
        keeper.serve(next);
        keeper.step(tally(), intents(), now);
        assertThat(made()).isEqualTo(before).isPositive();
    }

    private long made() {
        return signing.made(Occasion.AHEAD) + signing.made(Occasion.PUBLISHING);
    }

    private void begin(SnapshotKeeper keeper) {
        drained.clear();
        for (int region = 0; region < REGIONS.size(); region++) turn(region, Health.UP);
        signedByPublishing(keeper);
    }

    private void fall(int region, SnapshotKeeper keeper) {
        turn(region, Health.DOWN);
        assertThat(signedByPublishing(keeper)).isZero();
    }

    private void comeBack(int region, SnapshotKeeper keeper) {
        turn(region, Health.UP);
        assertThat(signedByPublishing(keeper)).isZero();
    }

    /// One that is possible, and which.
    private String change(Random random) {
        int region = random.nextInt(REGIONS.size());
        int machine = random.nextInt(MACHINES);
        Health now = requireNonNull(verdicts.get(key(region, machine))).health();
        Health other = now == Health.UP ? Health.DOWN : Health.UP;
        switch (random.nextInt(4)) {
            case 0 -> turn(region, machine, other);
            case 1 -> {
                RegionId id = REGIONS.get(region);
                if (!drained.remove(id)) drained.add(id);
                return id + (drained.contains(id) ? " drained" : " not drained");
            }
            default -> {
                // What comes back as a whole is not drained.
                if (drained.contains(REGIONS.get(region))) turn(region, machine, other);
                else turn(region, other);
            }
        }
        return verdicts.toString();
    }

    private void turn(int region, Health health) {
        for (int machine = 0; machine < MACHINES; machine++) turn(region, machine, health);
    }

    private void turn(int region, int machine, Health health) {
        verdicts.merge(
                key(region, machine),
                new Verdict(health, stamp()),
                (before, now) -> before.health() == health ? before : now);
    }

    /// How many signatures the step made that published what has changed; what may be next is
    /// signed afterwards.
    private long signedByPublishing(SnapshotKeeper keeper) {
        Moment now = next();
        long before = signing.made(Occasion.PUBLISHING);
        Edition edition = keeper.step(tally(), intents(), now).edition();
        long made = signing.made(Occasion.PUBLISHING) - before;
        Ahead.sign(() -> edition);
        return made;
    }

    private Moment next() {
        second++;
        return new Moment(
                second * 1_000_000_000L,
                new HybridTime(second * 1000L, 0),
                Instant.ofEpochSecond(second));
    }

    private Tally tally() {
        return new Tally(Map.of(), verdicts, Map.of());
    }

    private Intents intents() {
        Intents intents = Intents.NONE;
        for (RegionId region : drained) {
            var origin = new Origin(region.name(), "ann", "test", Instant.EPOCH, Optional.empty());
            intents =
                    intents.with(
                            new Drain(origin, new Scope(region, Optional.empty()), false),
                            new Stamp(HybridTime.ZERO, SELF));
        }
        return intents;
    }

    private Stamp stamp() {
        return new Stamp(new HybridTime((second + 1) * 1000L, 0), SELF);
    }

    private static WatchKey key(int region, int machine) {
        return WatchKey.of(Network.addressOf(v4(region, machine)), RandomFleet.MONITOR);
    }

    private static String v4(int region, int machine) {
        return "192.0.2." + (10 * region + machine);
    }

    private SnapshotKeeper keeper(AllDown allDown, int minUp) {
        signing = TestSigning.of(ZONE);
        return new SnapshotKeeper(SELF, serving(allDown, minUp, signing));
    }

    private Serving serving(AllDown allDown, int minUp, Signing by) {
        List<Region> regions =
                REGIONS.stream()
                        .map(id -> new Region(id, new Coordinates(0, 0), 100, false, List.of()))
                        .toList();
        List<Service> services =
                List.of(
                        service("shop", List.of(BOUND), allDown, minUp, AheadTest::addressOf),
                        service("mail", List.of(), allDown, minUp, AheadTest::mailHost),
                        service("sip", List.of(), allDown, minUp, AheadTest::server));
        return Serving.of(
                Topology.of(List.of(), regions, services, Agreement.DEFAULT),
                ZONES,
                Atlas.EMPTY,
                by);
    }

    private static Destination addressOf(int region, int machine) {
        return new Destination.Address(Network.addressOf(v4(region, machine)));
    }

    private static Destination mailHost(int region, int machine) {
        return new Destination.MailHost(DomainName.of("mx" + region + machine + ".example.com"));
    }

    private static Destination server(int region, int machine) {
        return new Destination.Server(
                DomainName.of("sip" + region + machine + ".example.com"), 5060);
    }

    private interface Machines {
        Destination at(int region, int machine);
    }

    private Service service(
            String name, List<Binding> bindings, AllDown allDown, int minUp, Machines machines) {
        List<Pool> pools = new ArrayList<>();
        for (int region = 0; region < REGIONS.size(); region++) {
            List<Endpoint> endpoints = new ArrayList<>();
            for (int machine = 0; machine < MACHINES; machine++)
                endpoints.add(
                        new Endpoint(
                                machines.at(region, machine),
                                1,
                                Optional.empty(),
                                Optional.of(Network.addressOf(v4(region, machine)))));
            pools.add(new Pool(REGIONS.get(region), minUp, endpoints));
        }
        var rule =
                new Rule(
                        Optional.empty(),
                        REGIONS.stream().<Step>map(Step.OneRegion::new).toList(),
                        false);
        return new Service(
                new ServiceId(name),
                List.of(DomainName.of(name + ".example.com")),
                ttl,
                1,
                Optional.of(RandomFleet.MONITOR),
                pools,
                new Policy(List.of(rule)),
                allDown,
                new GuardLimits(2),
                Comeback.AUTOMATIC,
                bindings);
    }
}
