package meridian.steering;

import java.util.Locale;

/// Which rule of eligibility an answer comes from, the most welcome first.
public enum Reason {
    /// an active region that is up
    ACTIVE,
    /// an active region of which nothing is known
    ACTIVE_UNKNOWN,
    /// a standby that is up
    STANDBY,
    /// a standby of which nothing is known
    STANDBY_UNKNOWN,
    /// nothing else is eligible: a region that waits to be let back
    WAITING,
    /// nothing is eligible: measured health is set aside
    FAIL_OPEN,
    /// nothing is eligible: the pool that was up last
    LAST_GOOD,
    /// nothing is eligible: the addresses or the name kept for this
    FALLBACK,
    /// nothing is eligible, and the service is to say so with an empty answer
    NO_DATA,
    /// operators drained all that this client may be sent to
    ALL_DRAINED;

    /// The word for it in metrics, alarms and explanations: `fail-open`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The same for people, as one clause.
    public String sentence() {
        return switch (this) {
            case ACTIVE -> "an active region is up";
            case ACTIVE_UNKNOWN -> "no active region is known to be up; this one may be";
            case STANDBY -> "no active region can serve; this standby is up";
            case STANDBY_UNKNOWN -> "nothing is known to be up; this standby may be";
            case WAITING -> "nothing else is eligible; this region waits for a failback";
            case FAIL_OPEN -> "nothing is eligible: measured health is set aside (fail open)";
            case LAST_GOOD -> "nothing is eligible: the pool that was up last";
            case FALLBACK -> "nothing is eligible: the fallback kept for this";
            case NO_DATA -> "nothing is eligible, and the service then answers with nothing";
            case ALL_DRAINED -> "operators drained all that this client may be sent to";
        };
    }

    /// Whether it is one that is up, and nothing stands in its way.
    boolean isOfUp() {
        return this == ACTIVE || this == STANDBY;
    }

    /// Whether someone should be told: the answer is not what the policy is for.
    public boolean isAlarm() {
        return switch (this) {
            case ACTIVE, ACTIVE_UNKNOWN, STANDBY, STANDBY_UNKNOWN -> false;
            case WAITING, FAIL_OPEN, LAST_GOOD, FALLBACK, NO_DATA, ALL_DRAINED -> true;
        };
    }
}
