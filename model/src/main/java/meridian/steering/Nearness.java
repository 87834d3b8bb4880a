package meridian.steering;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import meridian.topology.Coordinates;
import meridian.topology.Place;
import meridian.topology.Region;
import meridian.topology.RegionId;
import meridian.topology.Topology;

/// The regions by their distance from a place.
///
/// | what is known of the place | order |
/// |---|---|
/// | an order from the networks file | that order; then the rest, by distance from its first |
/// | coordinates | the nearest three, by distance from the client; the rest, by distance from the nearest |
/// | nothing | as the configuration lists them |
///
/// Only three are ranked for each client because clients that agree on them then share one location
/// class: the order of ten regions would make nearly every city a class of its own, with ready
/// answers of its own, for the sake of a fourth choice.
final class Nearness {

    private static final int RANKED_FOR_THE_CLIENT = 3;

    private final Topology topology;

    /// All regions by their distance from each: known once, and not for each of 100,000 places.
    private final Map<RegionId, List<Region>> fromEach = new HashMap<>();

    private record Distant(Region region, double kilometres) {}

    Nearness(Topology topology) {
        this.topology = topology;
        List<Region> all = List.copyOf(topology.regions().values());
        all.forEach(region -> fromEach.put(region.id(), byDistance(region.location(), all)));
    }

    /// The regions of `among` that a client at `place` should be sent to, the nearest first.
    List<RegionId> ranked(Place place, Collection<RegionId> among) {
        List<Region> regions =
                topology.regions().values().stream()
                        .filter(region -> among.contains(region.id()))
                        .toList();
        List<Region> first = first(place, regions);
        if (first.isEmpty()) return ids(regions);
        var ranked = new ArrayList<>(first);
        fromEach.getOrDefault(first.getFirst().id(), List.of()).stream()
                .filter(region -> !first.contains(region) && regions.contains(region))
                .forEach(ranked::add);
        return ids(ranked);
    }

    /// The distance in kilometres, unless the place or the region is unknown.
    OptionalDouble kilometres(Place place, RegionId id) {
        Optional<Coordinates> here = place.coordinates();
        Optional<Region> region = topology.region(id);
        if (here.isEmpty() || region.isEmpty()) return OptionalDouble.empty();
        return OptionalDouble.of(here.get().kilometresTo(region.get().location()));
    }

    private static List<Region> first(Place place, List<Region> regions) {
        if (!place.order().isEmpty()) return inOrder(place.order(), regions);
        return place.coordinates()
                .map(
                        here ->
                                byDistance(here, regions).stream()
                                        .limit(RANKED_FOR_THE_CLIENT)
                                        .toList())
                .orElse(List.of());
    }

    private static List<Region> inOrder(List<RegionId> order, List<Region> regions) {
        return order.stream()
                .flatMap(id -> regions.stream().filter(region -> region.id().equals(id)))
                .toList();
    }

    /// Equal distances keep the order of the configuration, since the sort is stable.
    private static List<Region> byDistance(Coordinates from, List<Region> regions) {
        return regions.stream()
                .map(region -> new Distant(region, from.kilometresTo(region.location())))
                .sorted(Comparator.comparingDouble(Distant::kilometres))
                .map(Distant::region)
                .toList();
    }

    private static List<RegionId> ids(List<Region> regions) {
        return regions.stream().map(Region::id).toList();
    }
}
