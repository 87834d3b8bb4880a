package meridian.steering;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import meridian.intent.Intents;
import meridian.topology.RegionId;
import meridian.topology.ServiceId;
import org.jspecify.annotations.Nullable;

/// What operators ask for of any pool at one moment. What no intent names by its service is asked
/// the same as all others in its region: so that is worked out once, however many services there
/// are. For one thread.
public final class WishBook {

    private final Intents intents;
    private final Instant now;
    private final Map<RegionId, Wishes> ofUnnamed = new HashMap<>();

    /// Worked out once it is asked for: mostly nothing is.
    private @Nullable Set<ServiceId> named;

    public WishBook(Intents intents, Instant now) {
        this.intents = intents;
        this.now = now;
    }

    public Wishes of(RegionId region, ServiceId service) {
        if (named().contains(service)) return Wishes.of(intents, region, service, now);
        return ofUnnamed.computeIfAbsent(region, _ -> Wishes.of(intents, region, service, now));
    }

    private Set<ServiceId> named() {
        Set<ServiceId> known = named;
        if (known == null) named = known = intents.named();
        return known;
    }
}
