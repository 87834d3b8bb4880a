package meridian.node;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import meridian.dns.geo.Atlas;
import meridian.dns.ready.Edition;
import meridian.dns.ready.Moment;
import meridian.dns.ready.Serving;
import meridian.dns.ready.SnapshotKeeper;
import meridian.health.Health;
import meridian.health.Opinion;
import meridian.health.Report;
import meridian.health.Tally;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.intent.Intents;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import meridian.record.ZoneContents;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.Agreement;
import meridian.topology.AllDown;
import meridian.topology.Check;
import meridian.topology.Comeback;
import meridian.topology.Coordinates;
import meridian.topology.Destination;
import meridian.topology.Endpoint;
import meridian.topology.GuardLimits;
import meridian.topology.Monitor;
import meridian.topology.Network;
import meridian.topology.Node;
import meridian.topology.NodeId;
import meridian.topology.Policy;
import meridian.topology.Pool;
import meridian.topology.Region;
import meridian.topology.RegionId;
import meridian.topology.RiseFall;
import meridian.topology.Role;
import meridian.topology.Service;
import meridian.topology.ServiceId;
import meridian.topology.Topology;

/// The service `shop` in `us-east`, with two endpoints that must both be up, and in the standby
/// `spare`. Its one vantage votes as the verdicts are.
final class SmallFleet {

    static final String US = "198.51.100.10";
    static final String US_2 = "198.51.100.11";
    static final String SPARE = "192.0.2.10";

    private static final NodeId SELF = new NodeId("n1");
    private static final Monitor WEB =
            new Monitor(
                    "web",
                    new Check.Http(
                            false,
                            true,
                            "/",
                            OptionalInt.empty(),
                            Optional.empty(),
                            new TreeSet<>(Set.of(200)),
                            Optional.empty()),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(500),
                    new RiseFall(2, 2));

    private final Map<WatchKey, Verdict> verdicts = new HashMap<>();
    private final Map<WatchKey, Opinion> opinions = new HashMap<>();
    private final SnapshotKeeper keeper;
    private int turns;

    /// @param keepRegions of the service's guard
    SmallFleet(int keepRegions) {
        this(keepRegions, Comeback.AUTOMATIC);
    }

    SmallFleet(int keepRegions, Comeback comeback) {
        var region = new RegionId("us-east");
        var spare = new RegionId("spare");
        var service =
                new Service(
                        new ServiceId("shop"),
                        List.of(DomainName.of("shop.example.com")),
                        Duration.ofSeconds(20),
                        1,
                        Optional.of(WEB),
                        List.of(pool(region, US, US_2), pool(spare, SPARE)),
                        new Policy(List.of()),
                        new AllDown.FailOpen(),
                        new GuardLimits(keepRegions),
                        comeback);
        var topology =
                Topology.of(
                        List.of(node(region)),
                        List.of(region(region, false), region(spare, true)),
                        List.of(service),
                        Agreement.DEFAULT);
        keeper = new SnapshotKeeper(SELF, Serving.of(topology, List.of(zone()), Atlas.EMPTY));
    }

    SmallFleet turn(Health health, String... addresses) {
        for (String address : addresses) {
            var stamp = new Stamp(new HybridTime(++turns, 0), SELF);
            var key = WatchKey.of(Network.addressOf(address), WEB);
            verdicts.put(key, new Verdict(health, stamp));
            opinions.put(key, new Opinion(health, stamp.time(), ""));
        }
        return this;
    }

    /// Its only vantage holds an endpoint down for so much longer, though it passes.
    SmallFleet holdOut(String address, Duration left) {
        var opinion = new Opinion(Health.DOWN, new HybridTime(turns, 0), "held out", left);
        opinions.put(WatchKey.of(Network.addressOf(address), WEB), opinion);
        return this;
    }

    Edition edition() {
        var now = new Moment(0, new HybridTime(turns, 0), Instant.EPOCH);
        Tally counted = keeper.counting(Intents.NONE, now).apply(tally());
        verdicts.putAll(counted.verdicts());
        return keeper.step(counted, Intents.NONE, now).edition();
    }

    Tally tally() {
        var report = new Report(SELF, 1, 1, false, opinions);
        return new Tally(Map.of(SELF, new Tally.Ballot(report, 0)), verdicts, Map.of());
    }

    private static Node node(RegionId region) {
        return new Node(
                SELF, region, Set.of(Role.CHECKER), List.of(), Optional.empty(), Optional.empty());
    }

    private static ZoneContents zone() {
        DomainName apex = DomainName.of("example.com");
        var soa = new RRset(apex, RecordType.SOA, 60, List.of(new byte[22]));
        return new ZoneContents(apex, List.of(soa));
    }

    private static Region region(RegionId id, boolean standby) {
        return new Region(id, new Coordinates(0, 0), 100, standby, List.of());
    }

    private static Pool pool(RegionId region, String... addresses) {
        return new Pool(region, 100, Stream.of(addresses).map(SmallFleet::endpoint).toList());
    }

    private static Endpoint endpoint(String address) {
        return new Endpoint(
                new Destination.Address(Network.addressOf(address)),
                1,
                Optional.empty(),
                Optional.empty());
    }
}
