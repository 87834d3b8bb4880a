package meridian.topology;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What a vantage probes to know whether it sees at all: addresses outside its own region, each of
/// which takes TCP connections. While none of them does, it abstains.
///
/// That a connection opens is enough: what is asked is whether the network lets this vantage out,
/// and not how the other end does.
///
/// @param references none: the test is off
/// @param interval between the starts of two probes of one reference
/// @param timeout of one probe; shorter than the interval
/// @param thresholds passes in a row by which a reference answers, failures by which it does not
public record SelfTest(
        List<InetSocketAddress> references,
        Duration interval,
        Duration timeout,
        RiseFall thresholds) {

    /// References are far away: with one of them on the other side of the world, and a lost packet
    /// now and then, this is patient enough not to abstain without need.
    public static final SelfTest OFF =
            new SelfTest(
                    List.of(), Duration.ofSeconds(1), Duration.ofMillis(800), new RiseFall(2, 2));

    public SelfTest {
        references = List.copyOf(references);
        if (interval.compareTo(Monitor.SHORTEST_INTERVAL) < 0
                || !timeout.isPositive()
                || timeout.compareTo(interval) >= 0) {
            throw new IllegalArgumentException(
                    "the self-test has an interval of "
                            + interval.toMillis()
                            + " ms and a timeout of "
                            + timeout.toMillis()
                            + " ms; an interval of 100 ms or more, and a timeout above 0 and below"
                            + " it, are accepted");
        }
    }

    /// The same with other references.
    public SelfTest of(List<InetSocketAddress> others) {
        return new SelfTest(others, interval, timeout, thresholds);
    }

    /// What to probe a reference with. It is not damped: who sees again votes again.
    public Monitor monitor(InetSocketAddress reference) {
        return new Monitor(
                "self-test",
                new Check.Tcp(reference.getPort()),
                interval,
                timeout,
                thresholds,
                Duration.ZERO,
                Optional.empty());
    }

    /// The references that a node has if nobody names any: where the nodes of other regions answer
    /// queries. None where they are all in one region: its loss must not keep this vantage from
    /// saying so.
    public static List<InetSocketAddress> listenersElsewhere(
            RegionId home, Collection<Node> nodes) {
        List<Node> elsewhere =
                nodes.stream()
                        .filter(node -> !node.region().equals(home))
                        .filter(node -> node.dns().stream().anyMatch(SelfTest::isReachable))
                        .toList();
        if (elsewhere.stream().map(Node::region).distinct().count() < 2) return List.of();
        return elsewhere.stream()
                .flatMap(node -> node.dns().stream())
                .filter(SelfTest::isReachable)
                .toList();
    }

    /// A wildcard address, or a port that the system chooses, is found by nobody.
    private static boolean isReachable(InetSocketAddress listener) {
        InetAddress address = listener.getAddress();
        return listener.getPort() != 0 && !address.isAnyLocalAddress();
    }
}
