package meridian.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import meridian.health.Health;
import meridian.health.Opinion;
import meridian.health.Quorum;
import meridian.health.Report;
import meridian.health.Tally;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.intent.Intent;
import meridian.intent.Intents;
import meridian.record.DomainName;
import meridian.record.RecordType;
import meridian.steering.Candidate;
import meridian.steering.Explanation;
import meridian.steering.Plan;
import meridian.steering.Preference;
import meridian.steering.Return;
import meridian.steering.ServiceState;
import meridian.steering.Steering;
import meridian.steering.Tier;
import meridian.steering.Wishes;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.Agreement;
import meridian.topology.AllDown;
import meridian.topology.Check;
import meridian.topology.Comeback;
import meridian.topology.Continent;
import meridian.topology.Coordinates;
import meridian.topology.Destination;
import meridian.topology.Endpoint;
import meridian.topology.GuardLimits;
import meridian.topology.Monitor;
import meridian.topology.Network;
import meridian.topology.Node;
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

/// Two regions with a node each, and the services `shop` (two regions, 20 s) and `blog` (one
/// region, 30 s); `shop` comes back by hand. Both vantages report; the one in us-east says that
/// 192.0.2.10 is down, the other that it is up, so its verdict stands at up.
final class HandmadeFleet implements Fleet {

    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    static final RegionId US = new RegionId("us-east");
    static final RegionId EU = new RegionId("eu-west");

    private static final Monitor WEB =
            new Monitor(
                    "web",
                    new Check.Http(
                            false,
                            true,
                            "/healthz",
                            OptionalInt.of(8080),
                            Optional.empty(),
                            new TreeSet<>(Set.of(200)),
                            Optional.empty()),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(500),
                    new RiseFall(2, 2));
    private static final String DOWN = "192.0.2.11";
    private static final long HEARD = 1_000_000_000L;
    private static final long READ = 1_400_000_000L;

    private volatile Topology topology = topology(pool(EU, "192.0.2.10"));
    private volatile Tally tally = counted(opinion(Health.DOWN, "refused", Duration.ZERO));
    private volatile Set<RegionId> waiting = Set.of();
    private volatile Intents intents = Intents.NONE;
    private volatile Readiness readiness = new Readiness(true, true, true);
    private volatile Optional<String> diskProblem = Optional.empty();
    private volatile List<String> problems = List.of();

    void become(Readiness next) {
        readiness = next;
    }

    /// Makes the vantage in us-east hold 192.0.2.10 out for 40 s more.
    void holdOut() {
        tally = counted(opinion(Health.DOWN, "held out for 40 s more", Duration.ofSeconds(40)));
    }

    /// Makes a region of `shop` wait for a failback.
    void letWait(RegionId region) {
        waiting = Set.of(region);
    }

    /// Gives the only pool of `blog` a second endpoint, which is down, and asks for both: the guard
    /// keeps it.
    void fallBelowMinUp() {
        topology = topology(new Pool(EU, 100, List.of(endpoint("192.0.2.10"), endpoint(DOWN))));
    }

    void breakDisk(String problem) {
        diskProblem = Optional.of(problem);
    }

    void failReload(String problem) {
        problems = List.of(problem);
    }

    @Override
    public NodeId self() {
        return new NodeId("use1");
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public Topology topology() {
        return topology;
    }

    @Override
    public Tally tally() {
        return tally;
    }

    @Override
    public Quorum quorum() {
        return Quorum.of(List.copyOf(topology.nodes().values()));
    }

    @Override
    public long nanos() {
        return READ;
    }

    @Override
    public Instant now() {
        return NOON;
    }

    @Override
    public Stamp stamp() {
        return stamp(1);
    }

    @Override
    public Intents intents() {
        return intents;
    }

    @Override
    public List<ServiceState> states() {
        return topology.services().values().stream().map(this::state).toList();
    }

    @Override
    public List<ServiceState> known() {
        return states();
    }

    @Override
    public Explained explain(DomainName name, RecordType type, Network client) {
        Optional<Service> found =
                topology.services().values().stream()
                        .filter(service -> service.names().contains(name))
                        .findFirst();
        return found.<Explained>map(s -> new Explained.Steered(explanation(s, name, type, client)))
                .orElseGet(() -> new Explained.NotSteered("the zone example.com has TXT there"));
    }

    @Override
    public Acknowledgement put(Intent intent) throws IOException {
        if (diskProblem.isPresent()) throw new IOException(diskProblem.get());
        intents = intents.with(intent, stamp(1));
        return acknowledgement();
    }

    @Override
    public Acknowledgement end(String id, String owner) throws IOException {
        if (diskProblem.isPresent()) throw new IOException(diskProblem.get());
        intents = intents.ended(id, owner, NOON, stamp(2));
        return acknowledgement();
    }

    @Override
    public List<Peer> peers() {
        return List.of(
                new Peer(
                        new NodeId("euw1"),
                        Optional.of(Duration.ofMillis(250)),
                        Optional.of("abc123")));
    }

    @Override
    public List<Alarm> alarms() {
        return List.of(
                new Alarm(
                        Severity.ALARM, "fail-open", "shop", "nothing of shop is eligible", NOON));
    }

    @Override
    public List<Turn> turns() {
        return List.of(
                new Turn(
                        NOON,
                        "verdict",
                        Optional.of("192.0.2.10"),
                        Optional.of(Health.DOWN),
                        "connection refused"),
                new Turn(NOON.plusMillis(1), "snapshot", Optional.empty(), Optional.empty(), "7"));
    }

    @Override
    public Configuration configuration() {
        return configuration("abc123", Optional.empty(), problems);
    }

    @Override
    public Configuration rollBack(String why) throws IOException {
        if (diskProblem.isPresent()) throw new IOException(diskProblem.get());
        return configuration("abc122", Optional.of(why), List.of());
    }

    private static Configuration configuration(
            String hash, Optional<String> instead, List<String> problems) {
        var file = Optional.of("meridian.conf");
        return new Configuration(file, hash, NOON, instead, problems, List.of());
    }

    @Override
    public Optional<SnapshotMark> snapshot() {
        return Optional.of(new SnapshotMark(7, NOON));
    }

    @Override
    public Readiness readiness() {
        return readiness;
    }

    private ServiceState state(Service service) {
        return ServiceState.of(
                service,
                topology,
                this::verdict,
                region -> Wishes.of(intents, region, service.id(), NOON),
                (region, _) ->
                        service.comeback().byHand() && waiting.contains(region)
                                ? Optional.of(new Return.Waits(stamp(0)))
                                : Optional.empty());
    }

    private Optional<Verdict> verdict(Endpoint endpoint) {
        if (endpoint.equals(endpoint(DOWN))) return Optional.of(new Verdict(Health.DOWN, stamp(0)));
        return WatchKey.of(endpoint, WEB).flatMap(tally::verdict);
    }

    private Explanation explanation(
            Service service, DomainName name, RecordType type, Network client) {
        ServiceState state = state(service);
        var preference = new Preference(List.of(Tier.of(US), Tier.of(EU)));
        List<Candidate> candidates = Steering.candidates(state, type, preference);
        Plan plan = Steering.plan(state, type, preference);
        return new Explanation(
                name,
                name,
                type,
                client,
                24,
                new Place(
                        Optional.of(Continent.NA),
                        Optional.of("US"),
                        Optional.empty(),
                        OptionalLong.of(64500),
                        Optional.of(new Coordinates(40.7, -74.0)),
                        List.of()),
                service,
                OptionalInt.of(0),
                candidates,
                plan,
                Steering.choose(plan, state, type, 0),
                List.of());
    }

    private static Topology topology(Pool blog) {
        return Topology.of(
                List.of(node("use1", US), node("euw1", EU)),
                List.of(region(US, 38.9, -77.0), region(EU, 53.3, -6.2)),
                List.of(
                        service(
                                "shop",
                                20,
                                new Comeback(true, Duration.ZERO),
                                pool(US, "198.51.100.10"),
                                pool(EU, "192.0.2.10")),
                        service("blog", 30, Comeback.AUTOMATIC, blog)),
                Agreement.DEFAULT);
    }

    private static Node node(String name, RegionId region) {
        return new Node(
                new NodeId(name),
                region,
                Set.of(meridian.topology.Role.values()),
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 5300)),
                Optional.empty(),
                Optional.empty());
    }

    private static Region region(RegionId id, double latitude, double longitude) {
        return new Region(id, new Coordinates(latitude, longitude), 100, false, List.of());
    }

    private static Service service(String name, int ttl, Comeback comeback, Pool... pools) {
        var rule =
                new Rule(
                        Optional.empty(),
                        List.of(new Step.Nearest(List.of(), OptionalDouble.empty())),
                        false);
        return new Service(
                new ServiceId(name),
                List.of(DomainName.of(name + ".example.com")),
                Duration.ofSeconds(ttl),
                1,
                Optional.of(WEB),
                List.of(pools),
                new Policy(List.of(rule)),
                new AllDown.FailOpen(),
                new GuardLimits(1),
                comeback);
    }

    private static Pool pool(RegionId region, String address) {
        return new Pool(region, 0, List.of(endpoint(address)));
    }

    private static Endpoint endpoint(String address) {
        return new Endpoint(
                new Destination.Address(Network.addressOf(address)),
                1,
                Optional.empty(),
                Optional.empty());
    }

    private static Opinion opinion(Health health, String reason, Duration heldOut) {
        return new Opinion(health, new HybridTime(NOON.toEpochMilli(), 0), reason, heldOut);
    }

    private static Tally counted(Opinion down) {
        var us = WatchKey.of(endpoint("198.51.100.10"), WEB).orElseThrow();
        var eu = WatchKey.of(endpoint("192.0.2.10"), WEB).orElseThrow();
        var keys = List.of(us, eu);
        Opinion up = opinion(Health.UP, "", Duration.ZERO);
        return Tally.EMPTY
                .heard(report("use1", new LinkedHashMap<>(Map.of(us, up, eu, up)), 0), HEARD)
                .heard(report("euw1", new LinkedHashMap<>(Map.of(us, up, eu, up)), 0), HEARD)
                .counted(
                        keys, quorum2(), Agreement.DEFAULT, HEARD, HybridTime.ZERO, new NodeId("x"))
                .heard(report("use1", new LinkedHashMap<>(Map.of(us, up, eu, down)), 1), HEARD);
    }

    private static Quorum quorum2() {
        return Quorum.of(List.of(node("use1", US), node("euw1", EU)));
    }

    private static Report report(String vantage, Map<WatchKey, Opinion> opinions, long sequence) {
        return new Report(new NodeId(vantage), 1, sequence, false, opinions);
    }

    private static Stamp stamp(int counter) {
        return new Stamp(new HybridTime(NOON.toEpochMilli(), counter), new NodeId("use1"));
    }

    private static Acknowledgement acknowledgement() {
        return new Acknowledgement(
                new LinkedHashSet<>(List.of(new NodeId("use1"), new NodeId("euw1"))));
    }
}
