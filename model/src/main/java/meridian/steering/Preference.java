package meridian.steering;

import java.util.List;

/// The order in which one client likes the regions. Clients with equal preferences form a location
/// class and share their answers.
///
/// @param tiers the most liked first; regions that are in none must not be answered (a fence)
public record Preference(List<Tier> tiers) {

    public Preference {
        tiers = List.copyOf(tiers);
    }
}
