package meridian.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import meridian.config.source.Problems;
import meridian.config.source.Tree;
import meridian.topology.ClientSet;
import meridian.topology.Endpoint;
import meridian.topology.RegionId;
import meridian.topology.Rule;
import meridian.topology.Step;

/// The `steer = [ … ]` of a service, and what each part of it was read from.
final class SteerSection {

    /// A rule and where it is written.
    record WrittenRule(Rule rule, Tree at, List<WrittenStep> steps) {}

    record WrittenStep(Step step, Tree at) {}

    private final Problems problems;
    private final Values values;
    private final Set<String> regions;
    private final Set<String> clientNames;
    private final Map<String, ClientSet> clients;

    /// @param regions the names of the regions there are
    /// @param clientNames the names of the client sets there are
    /// @param clients those of them that could be read
    SteerSection(
            Problems problems,
            Set<String> regions,
            Set<String> clientNames,
            Map<String, ClientSet> clients) {
        this.problems = problems;
        this.values = new Values(problems);
        this.regions = regions;
        this.clientNames = clientNames;
        this.clients = clients;
    }

    /// Nothing is asked for where no `steer` is written; one without a rule is a slip.
    List<WrittenRule> read(Fields service) {
        List<Tree> items = service.items("steer");
        if (service.has("steer") && items.isEmpty())
            problems.refuse(
                    service.at("steer"),
                    "has no rule",
                    "steer = [{ to = [nearest] }], or no steer at all, is accepted");
        var rules = new ArrayList<WrittenRule>();
        for (Tree item : items)
            Fields.of(item, Schema.RULE, problems)
                    .flatMap(f -> rule(item, f))
                    .ifPresent(rules::add);
        return rules;
    }

    private Optional<WrittenRule> rule(Tree at, Fields fields) {
        Optional<String> name = fields.read("for", this::clientSet);
        boolean fence = fields.truth("fence", false);
        if (fields.items("to").isEmpty())
            problems.refuse(fields.at("to"), "has no step", "to = [nearest] is accepted");
        var steps = new ArrayList<WrittenStep>();
        for (Tree item : fields.items("to"))
            step(item).ifPresent(step -> steps.add(new WrittenStep(step, item)));
        boolean unread = fields.has("for") && (name.isEmpty() || !clients.containsKey(name.get()));
        if (steps.isEmpty() || unread) return Optional.empty();
        Optional<ClientSet> set = name.map(clients::get);
        var rule = new Rule(set, steps.stream().map(WrittenStep::step).toList(), fence);
        return Optional.of(new WrittenRule(rule, at, steps));
    }

    private Optional<String> clientSet(Tree tree) {
        if (tree instanceof Tree.Listing)
            return values.wrong(
                    tree,
                    "is a list",
                    "one client set is accepted, which may hold as many places and networks as are"
                            + " wanted");
        return values.known(tree, "a client set", clientNames);
    }

    private Optional<Step> step(Tree tree) {
        if (tree instanceof Tree.Block block)
            return block.fields().containsKey("nearest") || block.fields().containsKey("within")
                    ? nearest(Fields.of(block, Schema.NEAREST, problems))
                    : weighted(block);
        if (values.text(tree).filter("nearest"::equals).isPresent())
            return Optional.of(new Step.Nearest(List.of(), OptionalDouble.empty()));
        return region(tree).map(Step.OneRegion::new);
    }

    private Optional<RegionId> region(Tree tree) {
        return values.known(tree, "a region", regions)
                .flatMap(name -> problems.attempt(tree.at(), () -> new RegionId(name)));
    }

    private Optional<Step> nearest(Fields fields) {
        fields.require("nearest", "nearest = [us-east, eu-west] or nearest = all is accepted");
        boolean all = fields.find("nearest").filter(tree -> isWord(tree, "all")).isPresent();
        if (!all && fields.has("nearest") && fields.items("nearest").isEmpty())
            problems.refuse(
                    fields.at("nearest"), "names no region", "regions, or all, are accepted");
        List<RegionId> among = all ? List.of() : fields.readEach("nearest", this::region);
        Optional<Double> within = fields.read("within", values::kilometres);
        boolean wrong = among.size() < (all ? 0 : fields.items("nearest").size());
        if (wrong || !fields.has("nearest")) return Optional.empty();
        if (among.stream().distinct().count() < among.size())
            problems.refuse(fields.at("nearest"), "names a region twice", "each is accepted once");
        return problems.attempt(
                fields.at("within"), () -> new Step.Nearest(among, Values.optional(within)));
    }

    private static boolean isWord(Tree tree, String word) {
        return tree instanceof Tree.Scalar(_, _, var text) && text.equals(word);
    }

    private Optional<Step> weighted(Tree.Block block) {
        if (block.fields().isEmpty())
            return values.wrong(
                    block, "names no region", "{ us-east = 95, eu-west = 5 } is accepted");
        var weights = new LinkedHashMap<RegionId, Integer>();
        block.fields().forEach((name, tree) -> weigh(name, tree, weights));
        if (weights.size() < block.fields().size()) return Optional.empty();
        return problems.attempt(block.at(), () -> new Step.Weighted(weights));
    }

    private void weigh(String name, Tree weight, Map<RegionId, Integer> weights) {
        if (!regions.contains(name)) {
            problems.refuse(weight.at(), "is not a region", Nearest.accepted(name, regions));
            return;
        }
        values.number(weight, 1, Endpoint.MAX_WEIGHT)
                .ifPresent(share -> weights.put(new RegionId(name), share));
    }
}
