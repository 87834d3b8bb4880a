package meridian.topology;

import java.util.List;
import java.util.Optional;

/// Where some clients go: the steps in order, and after them the remaining regions unless a fence
/// stands.
///
/// @param clients whom it is for; empty: everyone
/// @param fence never answer these clients with a region that no step names
public record Rule(Optional<ClientSet> clients, List<Step> to, boolean fence) {

    public Rule {
        if (to.isEmpty()) throw new IllegalArgumentException("a rule names no step");
        to = List.copyOf(to);
    }
}
