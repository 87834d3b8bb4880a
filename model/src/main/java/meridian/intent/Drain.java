package meridian.intent;

import java.time.Instant;
import java.util.Optional;
import meridian.topology.RegionId;
import meridian.topology.ServiceId;

/// A person's wish that no new client be sent to a region: of every service, or of one.
///
/// @param id unique over the fleet and for ever
/// @param service empty: all services
/// @param owner who asked, from the token
/// @param end empty: until it is removed
/// @param forced whether the guard was overruled
public record Drain(
        String id,
        RegionId region,
        Optional<ServiceId> service,
        String owner,
        String reason,
        Instant begun,
        Optional<Instant> end,
        boolean forced) {

    public static final int MAX_REASON = 500;

    public Drain {
        if (id.isBlank() || id.length() > 64) {
            throw new IllegalArgumentException(
                    "a drain's id \"" + id + "\" is not of 1 to 64 characters");
        }
        if (reason.isBlank() || reason.length() > MAX_REASON) {
            throw new IllegalArgumentException(
                    "a drain needs a reason of 1 to " + MAX_REASON + " characters");
        }
        if (end.isPresent() && !end.get().isAfter(begun)) {
            throw new IllegalArgumentException(
                    "a drain that begins at " + begun + " cannot end at " + end.get());
        }
    }

    public boolean covers(RegionId otherRegion, ServiceId otherService) {
        return region.equals(otherRegion)
                && (service.isEmpty() || service.get().equals(otherService));
    }

    public boolean standsAt(Instant now) {
        return end.isEmpty() || now.isBefore(end.get());
    }
}
