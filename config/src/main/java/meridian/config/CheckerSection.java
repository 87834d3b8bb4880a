package meridian.config;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;
import meridian.config.source.Problems;
import meridian.config.source.Tree;
import meridian.topology.Node;
import meridian.topology.NodeId;
import meridian.topology.RegionId;
import meridian.topology.RiseFall;
import meridian.topology.SelfTest;

/// `checker { … }`, and the `references` of a node: how checkers test themselves.
final class CheckerSection {

    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);

    private final Problems problems;
    private final Values values;
    private final ListenAddress address;

    CheckerSection(Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
        this.address = new ListenAddress(problems);
    }

    /// The test of each vantage. Its references are its own, or else those of the fleet, or else
    /// where the nodes of other regions answer queries, if there are several; an empty list turns
    /// the test off.
    ///
    /// @param nodeTrees the nodes as they are written
    SequencedMap<NodeId, SelfTest> read(
            Optional<Fields> section, SequencedMap<String, Tree> nodeTrees, List<Node> nodes) {
        SelfTest manner = section.map(this::manner).orElse(SelfTest.OFF);
        Optional<List<InetSocketAddress>> ofFleet = section.flatMap(this::references);
        var tests = new LinkedHashMap<NodeId, SelfTest>();
        for (Node node : nodes) {
            Optional<List<InetSocketAddress>> own =
                    Optional.ofNullable(nodeTrees.get(node.id().name()))
                            .flatMap(tree -> Fields.of(tree, Schema.NODE, problems))
                            .flatMap(fields -> referencesOf(node, fields));
            if (node.isVantage())
                tests.put(
                        node.id(),
                        manner.of(
                                own.or(() -> ofFleet.map(all -> outside(node.region(), all, nodes)))
                                        .orElseGet(
                                                () ->
                                                        SelfTest.listenersElsewhere(
                                                                node.region(), nodes))));
        }
        return tests;
    }

    private Optional<List<InetSocketAddress>> referencesOf(Node node, Fields fields) {
        if (fields.has("references") && !node.isVantage())
            problems.refuse(
                    fields.at("references"),
                    "is given, but the node has not the role checker",
                    "the role, or no references, is accepted");
        return references(fields);
    }

    private Optional<List<InetSocketAddress>> references(Fields fields) {
        if (!fields.has("references")) return Optional.empty();
        return Optional.of(
                fields.readEach("references", tree -> address.read(tree, 1)).stream()
                        .distinct()
                        .toList());
    }

    /// One list serves all: what a region has itself says nothing of its way out.
    private static List<InetSocketAddress> outside(
            RegionId home, List<InetSocketAddress> references, List<Node> nodes) {
        Predicate<InetSocketAddress> isAtHome =
                reference ->
                        nodes.stream()
                                .filter(node -> node.region().equals(home))
                                .anyMatch(node -> node.dns().contains(reference));
        return references.stream().filter(isAtHome.negate()).toList();
    }

    private SelfTest manner(Fields fields) {
        SelfTest usual = SelfTest.OFF;
        Duration interval =
                fields.duration(
                        "interval", usual.interval(), Duration.ofMillis(100), LONGEST_INTERVAL);
        Duration otherwise =
                usual.timeout().compareTo(interval) < 0 ? usual.timeout() : interval.dividedBy(2);
        Duration timeout =
                fields.read("timeout", tree -> timeout(tree, interval)).orElse(otherwise);
        return new SelfTest(
                List.of(),
                interval,
                timeout,
                new RiseFall(
                        fields.number("rise", usual.thresholds().rise(), 1, 100),
                        fields.number("fall", usual.thresholds().fall(), 1, 100)));
    }

    private Optional<Duration> timeout(Tree tree, Duration interval) {
        return values.duration(tree, Duration.ofMillis(1), interval.minusMillis(1));
    }
}
