package meridian.health;

import java.time.Duration;
import java.util.Objects;
import meridian.time.HybridTime;

/// What one checker thinks of one endpoint.
///
/// @param since when its opinion last turned
/// @param reason why, where it is down; at most 200 characters
/// @param heldOut for how much longer it is held down though it passes, for it went down often; in
///   whole seconds, and zero for most
public record Opinion(Health health, HybridTime since, String reason, Duration heldOut) {

    public static final int MAX_REASON = 200;

    /// One of what is not held out.
    public Opinion(Health health, HybridTime since, String reason) {
        this(health, since, reason, Duration.ZERO);
    }

    public Opinion {
        if (heldOut.isNegative() || heldOut.toNanosPart() != 0) {
            throw new IllegalArgumentException(
                    "an endpoint is held out for "
                            + heldOut.toMillis()
                            + " ms; whole seconds, 0 or more, are accepted");
        }
        if (reason.length() > MAX_REASON) reason = cut(reason);
    }

    /// As of a record; written out as in [meridian.topology.NodeId].
    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Opinion opinion
                        && health == opinion.health
                        && since.equals(opinion.since)
                        && reason.equals(opinion.reason)
                        && heldOut.equals(opinion.heldOut));
    }

    @Override
    public int hashCode() {
        return Objects.hash(health, since, reason, heldOut);
    }

    /// Half of a surrogate pair would be another text on the other side of a message.
    private static String cut(String reason) {
        boolean splits = Character.isHighSurrogate(reason.charAt(MAX_REASON - 1));
        return reason.substring(0, splits ? MAX_REASON - 1 : MAX_REASON);
    }
}
