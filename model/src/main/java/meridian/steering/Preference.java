package meridian.steering;

import java.util.ArrayList;
import java.util.List;
import meridian.topology.RegionId;

/// The order in which one client likes the regions. Clients with equal preferences form a location
/// class and share their answers.
///
/// @param tiers the most liked first; regions that are in none must not be answered (a fence)
public record Preference(List<Tier> tiers) {

    /// Where a region stands: in which tier, from 0, and with which weight among that tier's.
    record Rank(RegionId region, int tier, int weight) {}

    public Preference {
        tiers = List.copyOf(tiers);
    }

    /// Every region, in the client's order.
    List<Rank> ranks() {
        var ranks = new ArrayList<Rank>();
        for (int i = 0; i < tiers.size(); i++) {
            final int tier = i;
            tiers.get(i)
                    .weights()
                    .forEach((region, weight) -> ranks.add(new Rank(region, tier, weight)));
        }
        return ranks;
    }
}
