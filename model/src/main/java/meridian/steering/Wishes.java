package meridian.steering;

import java.time.Instant;
import java.util.Optional;
import meridian.intent.Intents;
import meridian.time.Stamp;
import meridian.topology.RegionId;
import meridian.topology.ServiceId;

/// What operators ask for of one pool.
///
/// @param drained since when it is drained; empty: it is not
/// @param confirmed what fell until then may go, whatever the guard says
public record Wishes(Optional<Stamp> drained, Optional<Stamp> confirmed) {

    public static final Wishes NONE = new Wishes(Optional.empty(), Optional.empty());

    public static Wishes of(Intents intents, RegionId region, ServiceId service, Instant now) {
        return new Wishes(
                intents.drained(region, service, now), intents.confirmed(region, service, now));
    }
}
