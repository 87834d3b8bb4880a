package meridian.health;

import meridian.time.HybridTime;

/// What one checker thinks of one endpoint.
///
/// @param since when its opinion last turned
/// @param reason why, where it is down; at most 200 characters
public record Opinion(Health health, HybridTime since, String reason) {

    public static final int MAX_REASON = 200;

    public Opinion {
        if (reason.length() > MAX_REASON) reason = reason.substring(0, MAX_REASON);
    }
}
