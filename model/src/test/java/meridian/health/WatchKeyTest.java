package meridian.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import meridian.record.DomainName;
import meridian.topology.Check;
import meridian.topology.Damping;
import meridian.topology.Destination;
import meridian.topology.Endpoint;
import meridian.topology.Monitor;
import meridian.topology.Network;
import meridian.topology.RiseFall;
import org.junit.jupiter.api.Test;

class WatchKeyTest {

    private static final InetAddress ADDRESS = Network.addressOf("192.0.2.1");
    private static final Check HTTP = http(false, true, "/", 80, "a.example", 200, "ok");

    /// Nodes of different versions must agree on it while a fleet is being upgraded.
    @Test
    void theKeyIsTheSameInEveryVersion() {
        assertThat(WatchKey.of(ADDRESS, monitor("web", HTTP, 1000, 500, 2, 2)))
                .hasToString("1af0beb15bae71e4");
    }

    @Test
    void theNameOfAMonitorDoesNotMatter() {
        assertThat(WatchKey.of(ADDRESS, monitor("web", HTTP, 1000, 500, 2, 2)))
                .isEqualTo(WatchKey.of(ADDRESS, monitor("other", HTTP, 1000, 500, 2, 2)));
    }

    @Test
    void everythingElseDoes() {
        Stream<WatchKey> monitors =
                Stream.of(
                                monitor("web", HTTP, 1000, 500, 2, 2),
                                monitor("web", HTTP, 1001, 500, 2, 2),
                                monitor("web", HTTP, 1000, 501, 2, 2),
                                monitor("web", HTTP, 1000, 500, 3, 2),
                                monitor("web", HTTP, 1000, 500, 2, 3))
                        .map(monitor -> WatchKey.of(ADDRESS, monitor));
        Stream<WatchKey> checks =
                Stream.of(
                                http(true, true, "/", 80, "a.example", 200, "ok"),
                                http(true, false, "/", 80, "a.example", 200, "ok"),
                                http(false, true, "/b", 80, "a.example", 200, "ok"),
                                http(false, true, "/", 81, "a.example", 200, "ok"),
                                http(false, true, "/", 80, "b.example", 200, "ok"),
                                http(false, true, "/", 80, "a.example", 201, "ok"),
                                http(false, true, "/", 80, "a.example", 200, "no"),
                                http(false, true, "/", 80, "a.example", 200, "ok\nPT1S"),
                                new Check.Tcp(80),
                                new Check.Tcp(81))
                        .map(check -> WatchKey.of(ADDRESS, monitor("web", check, 1000, 500, 2, 2)));
        Stream<WatchKey> addresses =
                Stream.of("192.0.2.2", "2001:db8::1", "::192.0.2.1")
                        .map(Network::addressOf)
                        .map(to -> WatchKey.of(to, monitor("web", HTTP, 1000, 500, 2, 2)));
        List<WatchKey> keys = Stream.of(monitors, checks, addresses).flatMap(all -> all).toList();
        assertThat(keys).hasSize(18).doesNotHaveDuplicates();
    }

    @Test
    void aPortThatIsLeftOutIsTheSchemesOwn() {
        Check unsaid =
                new Check.Http(
                        false,
                        true,
                        "/",
                        OptionalInt.empty(),
                        Optional.of("a.example"),
                        new TreeSet<>(Set.of(200)),
                        Optional.of("ok"));
        assertThat(WatchKey.of(ADDRESS, monitor("web", unsaid, 1000, 500, 2, 2)))
                .isEqualTo(WatchKey.of(ADDRESS, monitor("web", HTTP, 1000, 500, 2, 2)));
    }

    @Test
    void aNameWithoutAProbeAddressIsNotWatched() {
        var alias = new Destination.Alias(DomainName.of("a.example"));
        Monitor monitor = monitor("web", HTTP, 1000, 500, 2, 2);
        assertThat(WatchKey.of(new Endpoint(alias, 1, Optional.empty(), Optional.empty()), monitor))
                .isEmpty();
        assertThat(
                        WatchKey.of(
                                new Endpoint(alias, 1, Optional.empty(), Optional.of(ADDRESS)),
                                monitor))
                .contains(WatchKey.of(ADDRESS, monitor));
    }

    @Test
    void aKeyIsSixteenHexDigitsAndOrderedAsTheyAre() {
        assertThat(new WatchKey(255)).hasToString("00000000000000ff");
        assertThat(new WatchKey(-1)).hasToString("ffffffffffffffff");
        assertThat(new WatchKey(-1)).isGreaterThan(new WatchKey(1));
    }

    @Test
    void patienceIsPartOfTheKeyWhereItIsNotTheUsual() {
        Monitor usual = monitor("web", HTTP, 1000, 500, 2, 2);
        Duration hold = Duration.ofSeconds(10);
        var other = new Damping(3, hold, hold, hold);
        List<WatchKey> keys =
                Stream.of(
                                usual,
                                patient(usual, hold, usual.damping()),
                                patient(usual, Duration.ZERO, Optional.empty()),
                                patient(usual, Duration.ZERO, Optional.of(other)),
                                patient(usual, hold, Optional.of(other)))
                        .map(monitor -> WatchKey.of(ADDRESS, monitor))
                        .toList();
        assertThat(keys).doesNotHaveDuplicates();
    }

    private static Monitor patient(Monitor usual, Duration hold, Optional<Damping> damping) {
        return new Monitor(
                usual.name(),
                usual.check(),
                usual.interval(),
                usual.timeout(),
                usual.thresholds(),
                hold,
                damping);
    }

    private static Monitor monitor(
            String name, Check check, int interval, int timeout, int rise, int fall) {
        return new Monitor(
                name,
                check,
                Duration.ofMillis(interval),
                Duration.ofMillis(timeout),
                new RiseFall(rise, fall));
    }

    private static Check http(
            boolean tls,
            boolean verify,
            String path,
            int port,
            String host,
            int expect,
            String body) {
        return new Check.Http(
                tls,
                verify,
                path,
                OptionalInt.of(port),
                Optional.of(host),
                new TreeSet<>(Set.of(expect)),
                Optional.of(body));
    }
}
