package meridian.simulation;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import meridian.topology.Network;
import meridian.topology.Node;
import meridian.topology.RiseFall;
import meridian.topology.SelfTest;

/// Draws by what each checker knows whether it sees at all: mostly by where the nodes of other
/// regions answer queries, sometimes by a list, sometimes by nothing.
final class SelfTestDraw {

    /// What a list may name besides nodes: it always answers.
    private static final List<InetSocketAddress> OUTSIDE =
            List.of(
                    new InetSocketAddress(Network.addressOf("198.51.100.1"), 443),
                    new InetSocketAddress(Network.addressOf("198.51.100.2"), 443));

    private final Chance chance;
    private final List<Node> nodes;
    private final SelfTest manner;

    SelfTestDraw(Chance chance, List<Node> nodes) {
        this.chance = chance;
        this.nodes = nodes;
        Duration interval = Duration.ofMillis(chance.oneOf(List.of(500, 1_000, 2_000)));
        manner =
                new SelfTest(
                        List.of(),
                        interval,
                        interval.dividedBy(2),
                        new RiseFall(chance.between(1, 2), chance.between(1, 3)));
    }

    /// Those of all nodes under one configuration, in their order; of another, the references may
    /// be others.
    List<SelfTest> tests() {
        int kind = chance.below(10);
        return nodes.stream().map(node -> manner.of(references(node, kind))).toList();
    }

    private List<InetSocketAddress> references(Node node, int kind) {
        if (!node.isVantage() || kind == 0) return List.of();
        return kind < 6 ? SelfTest.listenersElsewhere(node.region(), nodes) : listed(node);
    }

    private List<InetSocketAddress> listed(Node node) {
        var all = new ArrayList<>(OUTSIDE);
        for (Node other : nodes) if (!other.region().equals(node.region())) all.addAll(other.dns());
        return chance.some(all, chance.between(1, 3));
    }
}
