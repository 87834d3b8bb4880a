package meridian.config;

import static meridian.topology.SelfTest.listenersElsewhere;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import meridian.config.ReferenceChecks.Written;
import meridian.config.source.Problems;
import meridian.config.source.Tree;
import meridian.topology.Node;
import meridian.topology.NodeId;
import meridian.topology.RegionId;
import meridian.topology.RiseFall;
import meridian.topology.SelfTest;
import meridian.topology.Service;

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
            Optional<Fields> section,
            SequencedMap<String, Tree> nodeTrees,
            List<Node> nodes,
            List<Service> services) {
        SelfTest manner = section.map(this::manner).orElse(SelfTest.OFF);
        Optional<Written> ofFleet = section.flatMap(this::references);
        var checks = new ReferenceChecks(problems, nodes, services);
        var tests = new LinkedHashMap<NodeId, SelfTest>();
        var sharing = new TreeSet<RegionId>();
        for (Node node : nodes) {
            Optional<Written> own = own(node, nodeTrees);
            if (!node.isVantage()) continue;
            own.ifPresentOrElse(
                    written -> checks.check(written, node.region()),
                    () -> sharing.add(node.region()));
            tests.put(
                    node.id(),
                    manner.of(
                            own.map(Written::addresses)
                                    .or(() -> ofFleet.map(it -> checks.outside(node.region(), it)))
                                    .orElseGet(() -> listenersElsewhere(node.region(), nodes))));
        }
        ofFleet.ifPresent(written -> checks.checkShared(written, sharing));
        return tests;
    }

    private Optional<Written> own(Node node, SequencedMap<String, Tree> nodeTrees) {
        return Optional.ofNullable(nodeTrees.get(node.id().name()))
                .flatMap(tree -> Fields.of(tree, Schema.NODE, problems))
                .flatMap(fields -> referencesOf(node, fields));
    }

    private Optional<Written> referencesOf(Node node, Fields fields) {
        if (fields.has("references") && !node.isVantage())
            problems.refuse(
                    fields.at("references"),
                    "is given, but the node has not the role checker",
                    "the role, or no references, is accepted");
        return references(fields);
    }

    private Optional<Written> references(Fields fields) {
        if (!fields.has("references")) return Optional.empty();
        List<Written.Item> items = fields.readEach("references", this::reference);
        boolean isWhole = items.size() == fields.items("references").size();
        return Optional.of(new Written(fields.at("references"), items, isWhole));
    }

    private Optional<Written.Item> reference(Tree tree) {
        return address.read(tree, 1).map(one -> new Written.Item(tree.at(), one));
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
