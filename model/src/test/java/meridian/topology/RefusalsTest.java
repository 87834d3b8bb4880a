package meridian.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import meridian.record.DomainName;
import meridian.record.RecordType;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What makes no sense cannot be made, and the sentence names the thing, the value and what is
/// accepted.
class RefusalsTest {

    private static final RegionId EU = new RegionId("eu-west");
    private static final Coordinates DUBLIN = new Coordinates(53.3, -6.2);
    private static final Check TCP = new Check.Tcp(443);

    static List<Arguments> refusals() {
        return List.of(
                refusal(
                        () -> endpoint("192.0.2.1", 0),
                        "endpoint 192.0.2.1 has weight 0; 1 to 10000 are accepted"),
                refusal(
                        () -> endpoint("192.0.2.1", 10_001),
                        "endpoint 192.0.2.1 has weight 10001; 1 to 10000 are accepted"),
                refusal(
                        () -> new Pool(EU, 101, List.of(endpoint("192.0.2.1", 1))),
                        "pool eu-west has min-up 101%; 0% to 100% are accepted"),
                refusal(
                        () -> new Pool(EU, -1, List.of(endpoint("192.0.2.1", 1))),
                        "pool eu-west has min-up -1%; 0% to 100% are accepted"),
                refusal(() -> new Pool(EU, 0, List.of()), "pool eu-west has no endpoint"),
                refusal(
                        () -> new Region(EU, DUBLIN, 0, false, List.of()),
                        "region eu-west has capacity 0; 1 or more is accepted"),
                refusal(() -> new GuardLimits(0), "keep-regions is 0; 1 or more is accepted"),
                refusal(
                        () -> new GuardLimits.Bounds(101, Optional.empty()),
                        "keep-capacity is 101%; 0% to 100% are accepted"),
                refusal(
                        () -> new GuardLimits.Velocity(0, 100, Duration.ofMinutes(1)),
                        "velocity.regions is 0; 1 or more is accepted"),
                refusal(
                        () -> new GuardLimits.Velocity(1, 0, Duration.ofMinutes(1)),
                        "velocity.capacity is 0%; 1% to 100% are accepted"),
                refusal(
                        () -> new GuardLimits.Velocity(1, 100, Duration.ZERO),
                        "velocity.per is 0 ms; more than none is accepted"),
                refusal(() -> new RiseFall(0, 2), "rise 0 and fall 2: each must be 1 or more"),
                refusal(
                        () -> monitor(99, 50),
                        "monitor web has an interval of 99 ms; 100 ms or more is accepted"),
                refusal(
                        () -> monitor(1000, 1000),
                        "monitor web has a timeout of 1000 ms and an interval of 1000 ms; a timeout"
                                + " above 0 and below the interval is accepted"),
                refusal(
                        () -> monitor(1000, 0),
                        "monitor web has a timeout of 0 ms and an interval of 1000 ms; a timeout"
                                + " above 0 and below the interval is accepted"),
                refusal(
                        () -> new Agreement(Duration.ofMillis(1999), Duration.ofMinutes(5)),
                        "fresh-for is 1999 ms; 2 s or more is accepted, since beats come once a"
                                + " second"),
                refusal(
                        () -> new Agreement(Duration.ofSeconds(5), Duration.ofSeconds(4)),
                        "release-after is 4000 ms; fresh-for or more is accepted"),
                refusal(() -> new AllDown.Addresses(List.of()), "all-down names no address"),
                refusal(() -> new Rule(Optional.empty(), List.of(), false), "a rule names no step"),
                refusal(
                        () -> new Step.Weighted(new LinkedHashMap<>()),
                        "a weighted step names no region"),
                refusal(
                        () -> new Step.Weighted(new LinkedHashMap<>(Map.of(EU, 0))),
                        "region eu-west has weight 0; 1 to 10000 are accepted"),
                refusal(() -> nearest(0), "nearest is limited to 0.0 km; above 0 km is accepted"),
                refusal(() -> nearest(-1), "nearest is limited to -1.0 km; above 0 km is accepted"),
                refusal(
                        () -> nearest(Double.NaN),
                        "nearest is limited to NaN km; above 0 km is accepted"),
                refusal(
                        () -> clients(Set.of("us"), Set.of(), Set.of()),
                        "client set office has the country \"us\"; two capital letters such as US"
                                + " are accepted"),
                refusal(
                        () -> clients(Set.of(), Set.of("CA"), Set.of()),
                        "client set office has the subdivision \"CA\"; a country and its part such"
                                + " as US-CA are accepted"),
                refusal(
                        () -> clients(Set.of(), Set.of(), Set.of(1L << 32)),
                        "client set office has the AS number 4294967296; 0 to 4294967295 are"
                                + " accepted"),
                refusal(
                        () ->
                                new Node(
                                        new NodeId("a"),
                                        EU,
                                        Set.of(),
                                        List.of(),
                                        Optional.empty(),
                                        Optional.empty()),
                        "node a has no role; dns, checker and api are accepted"),
                refusal(
                        () -> service(0, 20, List.of(pool(EU, "192.0.2.1"))),
                        "service shop has answers = 0; 1 to 16 are accepted"),
                refusal(
                        () -> service(17, 20, List.of(pool(EU, "192.0.2.1"))),
                        "service shop has answers = 17; 1 to 16 are accepted"),
                refusal(
                        () -> service(1, -1, List.of(pool(EU, "192.0.2.1"))),
                        "service shop has a TTL of -1 s; 0 to 2147483647 s are accepted"),
                refusal(
                        () -> service(1, 1L << 31, List.of(pool(EU, "192.0.2.1"))),
                        "service shop has a TTL of 2147483648 s; 0 to 2147483647 s are accepted"),
                refusal(() -> service(1, 20, List.of()), "service shop has no pool"),
                refusal(
                        () -> service(1, 20, List.of(pool(EU, "192.0.2.1"), pool(EU, "192.0.2.2"))),
                        "service shop has two pools in one region"),
                refusal(
                        () ->
                                service(
                                        1,
                                        20,
                                        List.of(
                                                new Pool(
                                                        EU,
                                                        0,
                                                        List.of(
                                                                endpoint("192.0.2.1", 1),
                                                                alias())))),
                        "service shop mixes CNAMEs with other records; either alone is accepted"),
                refusal(
                        () ->
                                Topology.of(
                                        List.of(),
                                        List.of(region(), region()),
                                        List.of(),
                                        Agreement.DEFAULT),
                        "region eu-west is defined twice"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatMakesNoSenseIsRefused(ThrowingCallable making, String message) {
        assertThatIllegalArgumentException().isThrownBy(making).withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", ".a", "a b", "a/b", "a\n", "ä", "a\"b"})
    void aNameIsReadableInAPathAMetricAndALogLine(String name) {
        String end =
                "; a letter or digit, then up to 62 letters, digits, '-', '_' and '.' are accepted";
        for (ThrowingCallable making :
                List.<ThrowingCallable>of(
                        () -> new NodeId(name),
                        () -> new RegionId(name),
                        () -> new ServiceId(name),
                        () -> clients(name))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(making)
                    .withMessageStartingWith("\"" + name + "\" cannot name a ")
                    .withMessageEndingWith(end);
        }
    }

    @Test
    void aNameOf63CharactersIsTheLongest() {
        assertThatCode(() -> new NodeId("a".repeat(63))).doesNotThrowAnyException();
        assertThatIllegalArgumentException().isThrownBy(() -> new NodeId("a".repeat(64)));
    }

    @Test
    void listsAreCopied() {
        var endpoints = new ArrayList<>(List.of(endpoint("192.0.2.1", 1)));
        var pool = new Pool(EU, 0, endpoints);
        endpoints.clear();
        assertThat(pool.endpoints()).hasSize(1);
        var weights = new LinkedHashMap<>(Map.of(EU, 1));
        var step = new Step.Weighted(weights);
        weights.put(EU, -5);
        assertThat(step.weights()).containsEntry(EU, 1);
    }

    @Test
    void whatIsProbedIsTheProbeAddressThenTheAddressThenNothing() {
        var address = Network.addressOf("192.0.2.1");
        var other = Network.addressOf("192.0.2.99");
        assertThat(endpoint("192.0.2.1", 1).probed()).contains(address);
        assertThat(
                        new Endpoint(
                                        new Destination.Address(address),
                                        1,
                                        Optional.empty(),
                                        Optional.of(other))
                                .probed())
                .contains(other);
        assertThat(alias().probed()).isEmpty();
    }

    @Test
    void aServiceHasTheTypesOfAllItsPools() {
        var us = new RegionId("us-east");
        var service = service(1, 20, List.of(pool(EU, "192.0.2.1"), pool(us, "2001:db8::1")));
        assertThat(service.types()).containsExactly(RecordType.A, RecordType.AAAA);
        assertThat(service.pool(us)).contains(pool(us, "2001:db8::1"));
        assertThat(service.pool(new RegionId("ap-south"))).isEmpty();
    }

    private static Arguments refusal(ThrowingCallable making, String message) {
        return Arguments.of(making, message);
    }

    private static Endpoint endpoint(String address, int weight) {
        return new Endpoint(
                new Destination.Address(Network.addressOf(address)),
                weight,
                Optional.empty(),
                Optional.empty());
    }

    private static Endpoint alias() {
        return new Endpoint(
                new Destination.Alias(DomainName.of("a.example")),
                1,
                Optional.empty(),
                Optional.empty());
    }

    private static Pool pool(RegionId region, String address) {
        return new Pool(region, 0, List.of(endpoint(address, 1)));
    }

    private static Region region() {
        return new Region(EU, DUBLIN, 100, false, List.of());
    }

    private static Monitor monitor(int interval, int timeout) {
        return new Monitor(
                "web",
                TCP,
                Duration.ofMillis(interval),
                Duration.ofMillis(timeout),
                new RiseFall(2, 2));
    }

    private static Step nearest(double kilometres) {
        return new Step.Nearest(List.of(), OptionalDouble.of(kilometres));
    }

    private static ClientSet clients(String name) {
        return new ClientSet(name, Set.of(), Set.of(), Set.of(), Set.of(), List.of());
    }

    private static ClientSet clients(Set<String> countries, Set<String> parts, Set<Long> numbers) {
        return new ClientSet("office", Set.of(), countries, parts, numbers, List.of());
    }

    private static Service service(int answers, long ttl, List<Pool> pools) {
        return new Service(
                new ServiceId("shop"),
                List.of(DomainName.of("shop.example")),
                Duration.ofSeconds(ttl),
                answers,
                Optional.empty(),
                pools,
                new Policy(List.of()),
                new AllDown.FailOpen(),
                new GuardLimits(1));
    }
}
