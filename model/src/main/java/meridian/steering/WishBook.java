package meridian.steering;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import meridian.intent.Intents;
import meridian.topology.RegionId;
import meridian.topology.ServiceId;

/// What operators ask for of any pool at one moment. What no intent names by its service is asked
/// the same as all others in its region: so that is worked out once, however many services there
/// are. For one thread.
public final class WishBook {

    private final Intents intents;
    private final Instant now;
    private final Set<ServiceId> named;
    private final Map<RegionId, Wishes> ofUnnamed = new HashMap<>();

    public WishBook(Intents intents, Instant now) {
        this.intents = intents;
        this.now = now;
        this.named = intents.named();
    }

    public Wishes of(RegionId region, ServiceId service) {
        if (named.contains(service)) return Wishes.of(intents, region, service, now);
        return ofUnnamed.computeIfAbsent(region, _ -> Wishes.of(intents, region, service, now));
    }
}
