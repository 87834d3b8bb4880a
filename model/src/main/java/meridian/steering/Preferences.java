package meridian.steering;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import meridian.topology.ClientSet;
import meridian.topology.Place;
import meridian.topology.Policy;
import meridian.topology.Region;
import meridian.topology.RegionId;
import meridian.topology.Rule;
import meridian.topology.Step;
import meridian.topology.Topology;

/// From a policy and where a client is to the order in which that client likes the regions.
///
/// The steps of the first rule that is for the client come first, each region once. After them,
/// unless the rule is a fence, come the remaining active regions and then the remaining standbys,
/// both by distance.
public final class Preferences {

    private final Topology topology;
    private final Nearness nearness;

    public Preferences(Topology topology) {
        this.topology = topology;
        this.nearness = new Nearness(topology);
    }

    /// The order in which a client at `place` likes the regions.
    ///
    /// @param inByNetwork whether the client is in a set because of its network
    public Preference preference(Policy policy, Place place, Predicate<ClientSet> inByNetwork) {
        OptionalInt index = rule(policy, place, inByNetwork);
        var tiers = new ArrayList<Tier>();
        var named = new HashSet<RegionId>();
        Optional<Rule> rule =
                index.isPresent()
                        ? Optional.of(policy.rules().get(index.getAsInt()))
                        : Optional.empty();
        rule.ifPresent(found -> found.to().forEach(step -> add(tiers(step, place), tiers, named)));
        boolean fenced = rule.isPresent() && rule.get().fence();
        if (!fenced && named.size() < topology.regions().size())
            add(remaining(place), tiers, named);
        return new Preference(tiers);
    }

    /// All regions, the nearest first.
    public List<RegionId> byDistance(Place place) {
        return nearness.ranked(place, topology.regions().keySet());
    }

    /// Which rule holds for a client: its position in the policy, or none.
    public OptionalInt rule(Policy policy, Place place, Predicate<ClientSet> inByNetwork) {
        for (int i = 0; i < policy.rules().size(); i++) {
            Optional<ClientSet> clients = policy.rules().get(i).clients();
            if (clients.isEmpty()
                    || clients.get().holds(place)
                    || inByNetwork.test(clients.get())) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    private List<Tier> tiers(Step step, Place place) {
        return switch (step) {
            case Step.OneRegion(var region) -> List.of(Tier.of(region));
            case Step.Weighted(var weights) -> List.of(new Tier(weights));
            case Step.Nearest nearest -> nearest(nearest, place);
        };
    }

    /// Where the operator has given the order, it is not for a distance to overrule it.
    private List<Tier> nearest(Step.Nearest nearest, Place place) {
        Collection<RegionId> among =
                nearest.among().isEmpty() ? topology.regions().keySet() : nearest.among();
        return nearness.ranked(place, among).stream()
                .filter(
                        region ->
                                place.order().contains(region) || isWithin(nearest, place, region))
                .map(Tier::of)
                .toList();
    }

    private boolean isWithin(Step.Nearest nearest, Place place, RegionId region) {
        if (nearest.withinKilometres().isEmpty()) return true;
        double limit = nearest.withinKilometres().getAsDouble();
        return nearness.kilometres(place, region).orElse(Double.POSITIVE_INFINITY) <= limit;
    }

    private List<Tier> remaining(Place place) {
        List<RegionId> all = nearness.ranked(place, topology.regions().keySet());
        var tiers = new ArrayList<Tier>();
        all.stream().filter(region -> !isStandby(region)).map(Tier::of).forEach(tiers::add);
        all.stream().filter(this::isStandby).map(Tier::of).forEach(tiers::add);
        return tiers;
    }

    private boolean isStandby(RegionId region) {
        return topology.region(region).map(Region::standby).orElse(false);
    }

    /// A region that an earlier tier has is not liked again, later and less.
    private static void add(List<Tier> more, List<Tier> tiers, Set<RegionId> named) {
        for (Tier tier : more) {
            var left = new LinkedHashMap<>(tier.weights());
            left.keySet().removeAll(named);
            named.addAll(left.keySet());
            if (!left.isEmpty()) tiers.add(new Tier(left));
        }
    }
}
