package meridian.simulation;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import meridian.dns.geo.Atlas;
import meridian.dns.geo.NetworkOrders;
import meridian.dns.ready.Serving;
import meridian.health.WatchKey;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import meridian.record.ZoneContents;
import meridian.simulation.Scenario.Caller;
import meridian.simulation.Scenario.Settings;
import meridian.simulation.Scenario.Target;
import meridian.topology.Agreement;
import meridian.topology.AllDown;
import meridian.topology.Check;
import meridian.topology.ClientSet;
import meridian.topology.Comeback;
import meridian.topology.Coordinates;
import meridian.topology.Damping;
import meridian.topology.Endpoint;
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
import meridian.topology.Rule;
import meridian.topology.Service;
import meridian.topology.ServiceId;
import meridian.topology.Step;
import meridian.topology.Topology;

/// Draws the scenario of a seed: mostly a small fleet that is looked at for minutes; one in a
/// hundred is a large one, for seconds.
final class ScenarioDraw {

    static final DomainName APEX = DomainName.of("example.com.");

    private static final List<String> NAMES = List.of("eu-west", "us-east", "ap-south", "sa-east");
    private static final int LARGE_EVERY = 100;
    private static final int LARGE_VANTAGES = 3;
    private static final int LARGE_SERVICES = 50;
    private static final int LARGE_POOL = 25;

    private final long seed;
    private final boolean isLarge;
    private final Chance chance;
    private final List<RegionId> regions;
    private final List<Node> nodes;
    private final SelfTestDraw selfTests;
    private final Agreement agreement;

    /// Of each service; drawn apart, so that a seed's fleet and faults are what they would be if
    /// all had addresses.
    private final List<Kind> kinds;

    private ScenarioDraw(long seed) {
        this.seed = seed;
        chance = Chance.of(seed, 1);
        isLarge = Math.floorMod(seed, LARGE_EVERY) == LARGE_EVERY - 1;
        int count = isLarge ? NAMES.size() : chance.between(2, NAMES.size());
        regions = NAMES.subList(0, count).stream().map(RegionId::new).toList();
        int size = isLarge ? 50 : chance.between(3, 7);
        int vantages = isLarge ? LARGE_VANTAGES : chance.between(Math.min(3, size), size);
        nodes = IntStream.range(0, size).mapToObj(i -> node(i, i < vantages)).toList();
        selfTests = new SelfTestDraw(chance, nodes);
        agreement =
                new Agreement(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(chance.between(isLarge ? 30 : 10, 60)));
        Chance ofKinds = Chance.of(seed, 7);
        kinds = Stream.generate(() -> Kind.drawn(ofKinds)).limit(LARGE_SERVICES).toList();
    }

    static Scenario of(long seed) {
        return new ScenarioDraw(seed).scenario();
    }

    private Scenario scenario() {
        List<Region> places = regions.stream().map(this::region).toList();
        List<Service> services =
                IntStream.range(0, isLarge ? LARGE_SERVICES : chance.between(1, 3))
                        .mapToObj(this::service)
                        .toList();
        List<Service> changed = changed(services);
        List<Target> targets = targets(services, changed);
        List<Caller> clients = IntStream.range(0, regions.size()).mapToObj(this::client).toList();
        Atlas atlas = atlas(clients);
        return new Scenario(
                seed,
                nodes,
                places,
                targets,
                settings("first", places, services, targets, atlas),
                settings("next", places, changed, targets, atlas),
                broken(places, services, atlas),
                clients,
                (isLarge ? 12 : chance.between(120, 300)) * Times.SECOND);
    }

    private Node node(int index, boolean isVantage) {
        return new Node(
                new NodeId("n" + (index + 1)),
                regions.get(index % regions.size()),
                isVantage ? Set.of(Role.values()) : Set.of(Role.DNS, Role.API),
                List.of(new InetSocketAddress(Network.addressOf("172.20.0." + (index + 1)), 53)),
                Optional.empty(),
                Optional.empty());
    }

    private Region region(RegionId id) {
        int index = regions.indexOf(id);
        boolean standby = index == regions.size() - 1 && chance.happens(30);
        int capacity = chance.oneOf(CAPACITIES);
        return new Region(
                id, new Coordinates(10.0 * index, 40.0 * index), capacity, standby, List.of());
    }

    private static final List<Integer> CAPACITIES = List.of(50, 100, 100, 200);

    private Service service(int index) {
        Monitor monitor = monitor();
        var pools = new ArrayList<Pool>();
        for (int i = 0; i < regions.size(); i++) {
            if (i < 2 || isLarge || chance.happens(80)) pools.add(pool(index, i));
        }
        return new Service(
                new ServiceId("s" + (index + 1)),
                List.of(DomainName.of("s" + (index + 1) + ".example.com.")),
                Duration.ofSeconds(30),
                chance.between(1, 3),
                Optional.of(monitor),
                pools,
                policy(),
                kinds.get(index).fitted(allDown()),
                new GuardDraw(chance).limits(regions.size()),
                comeback(),
                kinds.get(index).bindings());
    }

    private Monitor monitor() {
        Duration interval = Duration.ofMillis(isLarge ? 1_000 : chance.oneOf(INTERVALS));
        return new Monitor(
                "web",
                new Check.Tcp(80),
                interval,
                interval.dividedBy(2),
                new RiseFall(chance.between(1, 3), chance.between(1, 3)),
                isLarge || chance.happens(60) ? Duration.ZERO : seconds(1, 8),
                isLarge || chance.happens(40) ? Optional.empty() : Optional.of(damping()));
    }

    /// So short that endpoints which flap for some seconds come to be held out, and back.
    private Damping damping() {
        Duration first = seconds(1, 6);
        return new Damping(
                chance.between(1, 3),
                first,
                first.multipliedBy(chance.between(1, 8)),
                seconds(5, 40));
    }

    private Comeback comeback() {
        return switch (chance.below(isLarge ? 1 : 3)) {
            case 0 -> Comeback.AUTOMATIC;
            case 1 -> new Comeback(false, seconds(4, 40));
            default -> new Comeback(true, chance.happens(50) ? Duration.ZERO : seconds(4, 20));
        };
    }

    private Duration seconds(int least, int most) {
        return Duration.ofSeconds(chance.between(least, most));
    }

    private static final List<Integer> INTERVALS = List.of(500, 1_000, 1_000, 2_000);

    private Pool pool(int service, int region) {
        int size = isLarge ? LARGE_POOL : chance.between(1, 3);
        List<Endpoint> endpoints =
                IntStream.range(0, size)
                        .mapToObj(i -> kinds.get(service).endpoint(region, service, i + 1))
                        .toList();
        return new Pool(regions.get(region), chance.oneOf(List.of(0, 50, 100, 100)), endpoints);
    }

    private Policy policy() {
        return switch (chance.below(4)) {
            case 0 -> new Policy(List.of(new Rule(Optional.empty(), List.of(weighted()), false)));
            case 1 -> new Policy(List.of(fence()));
            case 2 -> new Policy(List.of(new Rule(Optional.empty(), List.of(nearest()), false)));
            default -> new Policy(List.of());
        };
    }

    private Step weighted() {
        var weights = new LinkedHashMap<RegionId, Integer>();
        regions.subList(0, 2).forEach(region -> weights.put(region, chance.between(1, 5)));
        return new Step.Weighted(weights);
    }

    private static Step nearest() {
        return new Step.Nearest(List.of(), OptionalDouble.empty());
    }

    /// The clients nearest to the first region may go nowhere else.
    private Rule fence() {
        var home =
                new ClientSet(
                        "home",
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        List.of(Network.of(network(0))));
        return new Rule(Optional.of(home), List.of(new Step.OneRegion(regions.getFirst())), true);
    }

    private AllDown allDown() {
        return switch (chance.below(5)) {
            case 0 -> new AllDown.NoData();
            case 1 -> new AllDown.LastGood();
            case 2 -> new AllDown.Addresses(List.of(Network.addressOf("203.0.113.9")));
            default -> new AllDown.FailOpen();
        };
    }

    /// The next configuration: the services the other way round, and in each pool of the first two
    /// regions one endpoint more, before the others.
    private List<Service> changed(List<Service> services) {
        var changed = new ArrayList<>(services);
        Collections.reverse(changed);
        changed.replaceAll(
                service ->
                        new Service(
                                service.id(),
                                service.names(),
                                service.ttl(),
                                service.answers(),
                                service.monitor(),
                                service.pools().stream().map(this::grown).toList(),
                                service.policy(),
                                service.allDown(),
                                service.guard(),
                                service.comeback(),
                                service.bindings()));
        return changed;
    }

    private Pool grown(Pool pool) {
        int region = regions.indexOf(pool.region());
        if (region > 1 || isLarge) return pool;
        byte[] first = pool.endpoints().getFirst().probed().orElseThrow().getAddress();
        int service = first[first.length - 2];
        var endpoints = new ArrayList<>(pool.endpoints());
        endpoints.addFirst(kinds.get(service).endpoint(region, service, 100));
        return new Pool(pool.region(), pool.minUp(), endpoints);
    }

    private static List<Target> targets(List<Service> services, List<Service> changed) {
        var targets = new LinkedHashMap<WatchKey, Target>();
        for (List<Service> all : List.of(services, changed)) {
            for (Service service : all) collect(service, service.monitor().orElseThrow(), targets);
        }
        return List.copyOf(targets.values());
    }

    private static void collect(Service service, Monitor monitor, Map<WatchKey, Target> targets) {
        for (Pool pool : service.pools()) {
            for (Endpoint endpoint : pool.endpoints()) {
                InetAddress address = endpoint.probed().orElseThrow();
                WatchKey key = WatchKey.of(address, monitor);
                targets.putIfAbsent(key, new Target(address, pool.region(), monitor, key));
            }
        }
    }

    private Settings settings(
            String name,
            List<Region> places,
            List<Service> services,
            List<Target> targets,
            Atlas atlas) {
        Serving serving = serving(places, services, atlas);
        var positions = new LinkedHashMap<WatchKey, Integer>();
        for (int i = 0; i < targets.size(); i++) positions.put(targets.get(i).key(), i);
        var watched = new LinkedHashSet<Integer>();
        for (Target target : targets(services, List.of()))
            watched.add(positions.getOrDefault(target.key(), -1));
        return new Settings(name, serving, watched, selfTests.tests());
    }

    private Serving serving(List<Region> places, List<Service> services, Atlas atlas) {
        return Serving.of(Topology.of(nodes, places, services, agreement), List.of(zone()), atlas);
    }

    /// One whose first service has a name outside the zone.
    private Supplier<Serving> broken(List<Region> places, List<Service> services, Atlas atlas) {
        Service first = services.getFirst();
        var stray =
                new Service(
                        first.id(),
                        List.of(DomainName.of("elsewhere.test.")),
                        first.ttl(),
                        first.answers(),
                        first.monitor(),
                        first.pools(),
                        first.policy(),
                        first.allDown(),
                        first.guard(),
                        first.comeback());
        return () -> serving(places, List.of(stray), atlas);
    }

    private Caller client(int region) {
        var order = new ArrayList<>(regions);
        Collections.rotate(order, -region);
        return new Caller(Network.addressOf("192." + (10 + region) + ".0.9"), order);
    }

    private static String network(int region) {
        return "192." + (10 + region) + ".0.0/16";
    }

    private static Atlas atlas(List<Caller> clients) {
        var orders = new LinkedHashMap<Network, List<RegionId>>();
        for (int i = 0; i < clients.size(); i++)
            orders.put(Network.of(network(i)), clients.get(i).order());
        return Atlas.EMPTY.overlaid(NetworkOrders.of(orders));
    }

    static ZoneContents zone() {
        byte[] ns = DomainName.of("ns1.example.com.").toWire();
        byte[] soa = ByteBuffer.allocate(2 * ns.length + 20).put(ns).put(ns).array();
        return new ZoneContents(
                APEX,
                List.of(
                        new RRset(APEX, RecordType.SOA, 300, List.of(soa)),
                        new RRset(APEX, RecordType.NS, 300, List.of(ns))));
    }
}
