package meridian.steering;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import meridian.topology.RegionId;

/// Regions that one client likes equally, with the weights by which one of them is drawn; mostly a
/// single region.
public record Tier(SequencedMap<RegionId, Integer> weights) {

    public Tier {
        weights = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(weights));
    }

    public static Tier of(RegionId region) {
        return new Tier(new LinkedHashMap<>(Map.of(region, 1)));
    }
}
