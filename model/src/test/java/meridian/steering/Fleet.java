package meridian.steering;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import meridian.health.Health;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.record.DomainName;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.Agreement;
import meridian.topology.AllDown;
import meridian.topology.Binding;
import meridian.topology.Check;
import meridian.topology.ClientSet;
import meridian.topology.Comeback;
import meridian.topology.Continent;
import meridian.topology.Coordinates;
import meridian.topology.Destination;
import meridian.topology.Endpoint;
import meridian.topology.GuardLimits;
import meridian.topology.GuardLimits.Bounds;
import meridian.topology.Monitor;
import meridian.topology.Network;
import meridian.topology.NodeId;
import meridian.topology.Place;
import meridian.topology.Policy;
import meridian.topology.Pool;
import meridian.topology.Region;
import meridian.topology.RegionId;
import meridian.topology.RiseFall;
import meridian.topology.Rule;
import meridian.topology.Service;
import meridian.topology.ServiceId;
import meridian.topology.Step;
import meridian.topology.Topology;

/// A small fleet to ask questions of: five regions, one service `shop`, and what is measured and
/// wanted of it.
final class Fleet {

    static final RegionId US_EAST = new RegionId("us-east");
    static final RegionId US_WEST = new RegionId("us-west");
    static final RegionId EU_WEST = new RegionId("eu-west");
    static final RegionId AP_SOUTH = new RegionId("ap-south");
    static final RegionId SPARE = new RegionId("spare");

    static final Place DUBLIN = at(Continent.EU, "IE", 53.3, -6.2);
    static final Place BOSTON = at(Continent.NA, "US", 42.4, -71.1);
    static final Place SINGAPORE = at(Continent.AS, "SG", 1.3, 103.8);

    private static final Monitor MONITOR =
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

    private final Map<RegionId, List<Endpoint>> pools = new LinkedHashMap<>();
    private final Map<WatchKey, Verdict> verdicts = new HashMap<>();
    private final Map<RegionId, Stamp> drained = new HashMap<>();
    private final Map<RegionId, Stamp> confirmed = new HashMap<>();
    private final Map<RegionId, Stamp> waiting = new HashMap<>();
    private final Map<RegionId, Integer> climbing = new HashMap<>();
    private List<Binding> bindings = List.of();
    private int minUp;
    private int answers = 1;
    private GuardLimits guard = new GuardLimits(1, Bounds.NONE, Bounds.NONE);
    private AllDown allDown = new AllDown.FailOpen();
    private List<Rule> rules = List.of();

    Fleet with(RegionId region, String... addresses) {
        for (String address : addresses) with(region, endpoint(address, 1, ""));
        return this;
    }

    Fleet with(RegionId region, Endpoint endpoint) {
        pools.computeIfAbsent(region, _ -> new ArrayList<>()).add(endpoint);
        return this;
    }

    Fleet minUp(int percent) {
        minUp = percent;
        return this;
    }

    Fleet answers(int count) {
        answers = count;
        return this;
    }

    Fleet keepRegions(int count) {
        return guard(new GuardLimits(count, guard.drains(), guard.automation()));
    }

    Fleet guard(GuardLimits limits) {
        guard = limits;
        return this;
    }

    Fleet allDown(AllDown wanted) {
        allDown = wanted;
        return this;
    }

    Fleet steer(Rule... wanted) {
        rules = List.of(wanted);
        return this;
    }

    Fleet up(String... addresses) {
        for (String address : addresses) judge(address, Health.UP, 1);
        return this;
    }

    Fleet down(String... addresses) {
        for (String address : addresses) judge(address, Health.DOWN, 1);
        return this;
    }

    /// @param when orders the falls of different endpoints, in seconds
    Fleet downSince(int when, String address) {
        judge(address, Health.DOWN, when);
        return this;
    }

    Fleet drain(RegionId... regions) {
        for (RegionId region : regions) drainSince(1, region);
        return this;
    }

    Fleet drainSince(int when, RegionId region) {
        drained.put(region, stamp(when));
        return this;
    }

    /// Lets go what fell in a region until then.
    Fleet confirm(int when, RegionId region) {
        confirmed.put(region, stamp(when));
        return this;
    }

    /// It fell then, and waits for a failback.
    Fleet waits(int when, RegionId region) {
        waiting.put(region, stamp(when));
        return this;
    }

    /// It is on its way back, with so many percent of its clients.
    Fleet climbs(int percent, RegionId region) {
        climbing.put(region, percent);
        return this;
    }

    Fleet tells(Binding... wanted) {
        bindings = List.of(wanted);
        return this;
    }

    private void judge(String address, Health health, int when) {
        var verdict = new Verdict(health, stamp(when));
        verdicts.put(WatchKey.of(Network.addressOf(address), MONITOR), verdict);
    }

    /// So many seconds after all began.
    static Stamp stamp(int seconds) {
        return new Stamp(new HybridTime(seconds * 1000L, 0), new NodeId("judge"));
    }

    Topology topology() {
        return Topology.of(
                List.of(),
                List.of(
                        region(US_EAST, 38.9, -77.0, false),
                        region(US_WEST, 45.6, -121.2, false),
                        region(EU_WEST, 53.3, -6.2, false),
                        region(AP_SOUTH, 1.3, 103.8, false),
                        region(SPARE, 50.1, 8.7, true)),
                List.of(service()),
                Agreement.DEFAULT);
    }

    ServiceState state() {
        return ServiceState.of(
                service(),
                topology(),
                endpoint -> WatchKey.of(endpoint, MONITOR).map(verdicts::get),
                region ->
                        new Wishes(
                                Optional.ofNullable(drained.get(region)),
                                Optional.ofNullable(confirmed.get(region))),
                (region, _) -> back(region));
    }

    private Optional<Return> back(RegionId region) {
        return Optional.ofNullable(waiting.get(region))
                .<Return>map(Return.Waits::new)
                .or(() -> Optional.ofNullable(climbing.get(region)).map(Return.Climbs::new));
    }

    Preference preference(Place place) {
        return new Preferences(topology()).preference(new Policy(rules), place, _ -> false);
    }

    Service service() {
        return new Service(
                new ServiceId("shop"),
                List.of(DomainName.of("shop.example.com")),
                Duration.ofSeconds(20),
                answers,
                Optional.of(MONITOR),
                pools.entrySet().stream()
                        .map(pool -> new Pool(pool.getKey(), minUp, pool.getValue()))
                        .toList(),
                new Policy(rules),
                allDown,
                guard,
                Comeback.AUTOMATIC,
                bindings);
    }

    static Endpoint endpoint(String address, int weight, String cell) {
        return new Endpoint(
                new Destination.Address(Network.addressOf(address)),
                weight,
                Optional.of(cell).filter(text -> !text.isEmpty()),
                Optional.empty());
    }

    static Rule forAll(Step... steps) {
        return new Rule(Optional.empty(), List.of(steps), false);
    }

    static Rule forContinent(Continent continent, Step... steps) {
        var set = new ClientSet("some", Set.of(continent), Set.of(), Set.of(), Set.of(), List.of());
        return new Rule(Optional.of(set), List.of(steps), false);
    }

    static Step to(RegionId region) {
        return new Step.OneRegion(region);
    }

    private static Region region(RegionId id, double latitude, double longitude, boolean standby) {
        return new Region(id, new Coordinates(latitude, longitude), 100, standby, List.of());
    }

    private static Place at(
            Continent continent, String country, double latitude, double longitude) {
        return new Place(
                Optional.of(continent),
                Optional.of(country),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.of(new Coordinates(latitude, longitude)),
                List.of());
    }
}
