package meridian.dns.ready;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import meridian.dns.Snapshot;
import meridian.dns.ZoneText;
import meridian.dns.geo.Atlas;
import meridian.dns.geo.NetworkOrders;
import meridian.dns.signed.Signing;
import meridian.health.Tally;
import meridian.intent.Intents;
import meridian.record.DomainName;
import meridian.record.RecordType;
import meridian.record.ZoneContents;
import meridian.time.HybridTime;
import meridian.topology.Agreement;
import meridian.topology.AllDown;
import meridian.topology.Binding;
import meridian.topology.Check;
import meridian.topology.ClientSet;
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
import meridian.topology.Rule;
import meridian.topology.Service;
import meridian.topology.ServiceId;
import meridian.topology.Step;
import meridian.topology.Topology;

/// Fleets and clients drawn from a seed: every kind of step, rule, pool and `all-down`.
final class RandomFleet {

    static final Monitor MONITOR =
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

    private final Random random;
    private final List<RegionId> regions;

    RandomFleet(Random random) {
        this.random = random;
        this.regions =
                IntStream.rangeClosed(1, 2 + random.nextInt(5))
                        .mapToObj(i -> new RegionId("r" + i))
                        .toList();
    }

    Topology topology() {
        List<Node> nodes = IntStream.rangeClosed(1, 3).mapToObj(this::node).toList();
        List<Service> services =
                IntStream.rangeClosed(1, 1 + random.nextInt(4)).mapToObj(this::service).toList();
        return Topology.of(
                nodes, regions.stream().map(this::region).toList(), services, Agreement.DEFAULT);
    }

    static List<ZoneContents> zones() {
        return List.of(
                ZoneText.parse(
                        "example.com.",
                        """
                $TTL 300
                @ SOA ns1 admin 1 3600 600 86400 30
                @ NS ns1
                ns1 A 127.0.0.1
                *.wild A 192.0.2.1
                alias CNAME s1
                """));
    }

    /// Some hundred networks with orders of their own; everything else is an unknown place.
    Atlas atlas() {
        var orders = new LinkedHashMap<Network, List<RegionId>>();
        for (int i = 0; i < 200; i++) {
            Network network = network();
            orders.putIfAbsent(network, order());
        }
        return Atlas.EMPTY.overlaid(NetworkOrders.of(orders));
    }

    InetAddress address() {
        byte[] octets = new byte[random.nextBoolean() ? 4 : 16];
        random.nextBytes(octets);
        octets[0] = (byte) random.nextInt(4);
        return address(octets);
    }

    private Network network() {
        InetAddress address = address();
        int length = 4 + random.nextInt(20);
        byte[] octets = address.getAddress();
        for (int bit = length; bit < octets.length * 8; bit++)
            octets[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        return new Network(address(octets), length);
    }

    private static InetAddress address(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<RegionId> order() {
        var order = new ArrayList<>(regions);
        Collections.shuffle(order, random);
        return order.subList(0, 1 + random.nextInt(order.size()));
    }

    private Node node(int number) {
        return new Node(
                new NodeId("n" + number),
                regions.get(number % regions.size()),
                Set.of(Role.values()),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private Region region(RegionId id) {
        var location = new Coordinates(random.nextInt(-60, 60), random.nextInt(-180, 180));
        return new Region(id, location, 1 + random.nextInt(300), random.nextInt(4) == 0, List.of());
    }

    private Service service(int number) {
        boolean isAlias = random.nextInt(4) == 0;
        return new Service(
                new ServiceId("s" + number),
                List.of(
                        DomainName.of("s" + number + ".example.com"),
                        DomainName.of("*.s" + number + ".example.com")),
                Duration.ofSeconds(20),
                1 + random.nextInt(3),
                random.nextInt(5) == 0 ? Optional.empty() : Optional.of(MONITOR),
                order().stream().map(region -> pool(number, region, isAlias)).toList(),
                new Policy(IntStream.range(0, random.nextInt(3)).mapToObj(_ -> rule()).toList()),
                allDown(isAlias),
                guard(),
                new Comeback(random.nextInt(4) == 0, Duration.ofSeconds(90L * random.nextInt(2))),
                isAlias ? List.of() : bindings());
    }

    private List<Binding> bindings() {
        return Stream.of(RecordType.SVCB, RecordType.HTTPS)
                .filter(_ -> random.nextBoolean())
                .map(this::binding)
                .toList();
    }

    private Binding binding(RecordType type) {
        return new Binding(
                type,
                List.of("h2", "h3").subList(0, random.nextInt(3)),
                random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(8443),
                random.nextBoolean() ? Optional.empty() : Optional.of("AAT+DQAA"),
                random.nextInt(4) > 0);
    }

    private GuardLimits guard() {
        var velocity =
                new GuardLimits.Velocity(
                        1 + random.nextInt(2), 100, Duration.ofSeconds(1 + random.nextInt(20)));
        var bounds =
                new GuardLimits.Bounds(
                        random.nextInt(101),
                        random.nextBoolean() ? Optional.empty() : Optional.of(velocity));
        return new GuardLimits(1 + random.nextInt(2), GuardLimits.Bounds.OF_DRAINS, bounds);
    }

    private Pool pool(int service, RegionId region, boolean isAlias) {
        var endpoints = new ArrayList<Endpoint>();
        int region0 = regions.indexOf(region);
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            endpoints.add(endpoint(isAlias ? alias(service, region0, i) : v4(service, region0, i)));
            if (!isAlias && random.nextBoolean()) endpoints.add(endpoint(v6(service, region0, i)));
            if (!isAlias && service > 1 && random.nextInt(3) == 0) {
                endpoints.add(endpoint(new Destination.MailHost(host(i))));
                endpoints.add(endpoint(new Destination.Server(host(region0), 5060 + i)));
            }
            if (!isAlias && service > 2 && random.nextInt(3) == 0)
                endpoints.add(
                        endpoint(
                                new Destination.Alternative(
                                        RecordType.HTTPS, host((region0 + i) % 9))));
        }
        return new Pool(region, random.nextInt(101), endpoints);
    }

    private Endpoint endpoint(Destination destination) {
        return new Endpoint(
                destination,
                1 + random.nextInt(5),
                random.nextBoolean() ? Optional.empty() : Optional.of("c" + random.nextInt(2)),
                destination instanceof Destination.Address
                        ? Optional.empty()
                        : Optional.of(Network.addressOf("127.0.0." + (1 + random.nextInt(9)))));
    }

    /// The same in several regions; some names are longer than others.
    private static DomainName host(int i) {
        return DomainName.of("h".repeat(9 - i) + i + ".s1.example.com");
    }

    private static Destination alias(int service, int region, int i) {
        return new Destination.Alias(
                DomainName.of("e" + service + "-" + region + "-" + i + ".example.net"));
    }

    private static Destination v4(int service, int region, int i) {
        return new Destination.Address(Network.addressOf("10." + service + "." + region + "." + i));
    }

    private static Destination v6(int service, int region, int i) {
        return new Destination.Address(
                Network.addressOf("2001:db8:" + service + ":" + region + "::" + i));
    }

    private Rule rule() {
        Optional<ClientSet> clients =
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(
                                new ClientSet(
                                        "set",
                                        Set.of(),
                                        Set.of(),
                                        Set.of(),
                                        Set.of(),
                                        List.of(network(), network())));
        List<Step> steps = IntStream.range(0, 1 + random.nextInt(3)).mapToObj(_ -> step()).toList();
        return new Rule(clients, steps, random.nextInt(4) == 0);
    }

    private Step step() {
        return switch (random.nextInt(3)) {
            case 0 -> new Step.OneRegion(regions.get(random.nextInt(regions.size())));
            case 1 -> {
                var weights = new LinkedHashMap<RegionId, Integer>();
                order().forEach(region -> weights.put(region, 1 + random.nextInt(99)));
                yield new Step.Weighted(weights);
            }
            default -> new Step.Nearest(order(), OptionalDouble.empty());
        };
    }

    private AllDown allDown(boolean isAlias) {
        return switch (random.nextInt(4)) {
            case 0 -> new AllDown.FailOpen();
            case 1 -> new AllDown.LastGood();
            case 2 -> new AllDown.NoData();
            default ->
                    isAlias
                            ? new AllDown.Alias(DomainName.of("sorry.example.net"))
                            : new AllDown.Addresses(
                                    List.of(
                                            Network.addressOf("203.0.113.1"),
                                            Network.addressOf("2001:db8::1")));
        };
    }

    /// What is served by one whose first service has addresses of several regions, and HTTPS.
    static Snapshot snapshotWithAddresses(Signing signing) {
        return new SnapshotKeeper(new NodeId("n1"), servingAddresses(signing))
                .step(Tally.EMPTY, Intents.NONE, new Moment(0, new HybridTime(0, 0), Instant.EPOCH))
                .edition()
                .snapshot();
    }

    private static Serving servingAddresses(Signing signing) {
        for (int seed = 0; ; seed++) {
            var fleet = new RandomFleet(new Random(seed));
            Topology topology = fleet.topology();
            Service first = topology.services().values().iterator().next();
            if (first.pools().size() > 1
                    && first.steeredTypes()
                            .containsAll(Set.of(RecordType.A, RecordType.AAAA, RecordType.HTTPS)))
                return Serving.of(topology, zones(), fleet.atlas(), signing);
        }
    }
}
