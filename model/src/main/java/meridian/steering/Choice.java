package meridian.steering;

import java.util.List;
import java.util.Optional;
import meridian.topology.Endpoint;
import meridian.topology.RegionId;

/// The endpoints of one answer, in the order to name them, and why these.
///
/// @param region whose pool they are of; empty for a fallback and for an empty answer
public record Choice(List<Endpoint> endpoints, Optional<RegionId> region, Reason reason) {

    public Choice {
        endpoints = List.copyOf(endpoints);
    }

    public boolean failedOpen() {
        return reason == Reason.FAIL_OPEN;
    }
}
