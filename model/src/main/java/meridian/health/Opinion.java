package meridian.health;

import meridian.time.HybridTime;

/// What one checker thinks of one endpoint.
///
/// @param since when its opinion last turned
/// @param reason why, where it is down; at most 200 characters
public record Opinion(Health health, HybridTime since, String reason) {

    public static final int MAX_REASON = 200;

    public Opinion {
        if (reason.length() > MAX_REASON) reason = cut(reason);
    }

    /// Half of a surrogate pair would be another text on the other side of a message.
    private static String cut(String reason) {
        boolean splits = Character.isHighSurrogate(reason.charAt(MAX_REASON - 1));
        return reason.substring(0, splits ? MAX_REASON - 1 : MAX_REASON);
    }
}
