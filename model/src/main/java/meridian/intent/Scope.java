package meridian.intent;

import java.util.Optional;
import meridian.topology.RegionId;
import meridian.topology.ServiceId;

/// What of the fleet an intent is about: a region, of every service or of one.
///
/// @param service empty: all services
public record Scope(RegionId region, Optional<ServiceId> service) {

    public boolean covers(RegionId otherRegion, ServiceId otherService) {
        return region.equals(otherRegion)
                && (service.isEmpty() || service.get().equals(otherService));
    }

    /// As people say it.
    @Override
    public String toString() {
        return "region " + region + service.map(id -> " of service " + id).orElse("");
    }
}
