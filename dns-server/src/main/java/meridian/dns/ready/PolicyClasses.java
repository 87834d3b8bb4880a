package meridian.dns.ready;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import meridian.dns.geo.Atlas;
import meridian.steering.Preferences;
import meridian.topology.Policy;
import meridian.topology.Region;
import meridian.topology.Service;
import meridian.topology.Topology;

/// The location classes of every policy that a service has, over one atlas and one set of regions.
///
/// Their tables are megabytes, and what was there before them is garbage at once: so they are kept
/// from one configuration to the next as long as what they are made of is the same.
public final class PolicyClasses {

    /// Those of no policy.
    public static final PolicyClasses NONE = new PolicyClasses(Atlas.EMPTY, List.of(), Map.of());

    private final Atlas atlas;

    /// In their order, which decides where nothing is known of a client.
    private final List<Region> regions;

    private final Map<Policy, LocationClasses> classes;

    private PolicyClasses(Atlas atlas, List<Region> regions, Map<Policy, LocationClasses> classes) {
        this.atlas = atlas;
        this.regions = regions;
        this.classes = classes;
    }

    /// @param before whose classes are taken over where they would be the same
    static PolicyClasses of(
            Topology topology, Preferences preferences, Atlas atlas, PolicyClasses before) {
        List<Region> regions = List.copyOf(topology.regions().values());
        Map<Policy, LocationClasses> known =
                before.isOver(atlas, regions) ? before.classes : Map.of();
        var classes = new HashMap<Policy, LocationClasses>();
        for (Service service : topology.services().values())
            classes.computeIfAbsent(
                    service.policy(),
                    policy ->
                            Optional.ofNullable(known.get(policy))
                                    .orElseGet(
                                            () -> LocationClasses.of(policy, preferences, atlas)));
        return new PolicyClasses(atlas, regions, classes);
    }

    /// An atlas that is the same is the same object: to compare two takes as long as to read one.
    @SuppressWarnings("ReferenceEquality")
    private boolean isOver(Atlas otherAtlas, List<Region> otherRegions) {
        return atlas == otherAtlas && regions.equals(otherRegions);
    }

    /// @param policy that a service has
    LocationClasses of(Policy policy) {
        return Objects.requireNonNull(classes.get(policy));
    }

    /// What the tables take up.
    long bytes() {
        return classes.values().stream().mapToLong(LocationClasses::bytes).sum();
    }
}
