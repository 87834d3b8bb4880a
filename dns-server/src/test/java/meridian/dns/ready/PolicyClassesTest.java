package meridian.dns.ready;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import meridian.dns.geo.Atlas;
import meridian.steering.Preferences;
import meridian.topology.Policy;
import meridian.topology.Region;
import meridian.topology.Topology;
import org.junit.jupiter.api.Test;

class PolicyClassesTest {

    private final RandomFleet fleet = new RandomFleet(new Random(1));
    private final Topology topology = fleet.topology();
    private final Atlas atlas = fleet.atlas();
    private final Policy policy = topology.services().firstEntry().getValue().policy();
    private final PolicyClasses before = of(topology, atlas, PolicyClasses.NONE);

    private static PolicyClasses of(Topology topology, Atlas atlas, PolicyClasses before) {
        return PolicyClasses.of(topology, new Preferences(topology), atlas, before);
    }

    @Test
    void overTheSameAtlasAndRegionsAPolicyKeepsItsClasses() {
        assertThat(of(topology, atlas, before).of(policy)).isSameAs(before.of(policy));
    }

    @Test
    void overAnotherAtlasAPolicyHasOtherClasses() {
        assertThat(of(topology, fleet.atlas(), before).of(policy)).isNotSameAs(before.of(policy));
    }

    /// The order of regions is what clients get of whom nothing is known.
    @Test
    void withTheRegionsInAnotherOrderAPolicyHasOtherClasses() {
        List<Region> regions = List.copyOf(topology.regions().values()).reversed();
        var other =
                Topology.of(
                        List.copyOf(topology.nodes().values()),
                        regions,
                        List.copyOf(topology.services().values()),
                        topology.agreement());

        assertThat(of(other, atlas, before).of(policy)).isNotSameAs(before.of(policy));
    }
}
