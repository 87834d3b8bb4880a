package meridian.health;

import meridian.topology.RiseFall;

/// One checker's opinion of one endpoint, and the run of results that leans against it.
///
/// `run` counts how many results in a row point the same way, as far as it matters: above zero
/// passes, up to `rise`; below zero failures, down to `-fall`. A result that points the other way
/// starts a new run, so "pass, fail" after a start never counts as two of anything.
///
/// @param reason why the last failure failed; empty while there was none since it was last up
public record Standing(Health health, int run, String reason) {

    public static final Standing UNKNOWN = new Standing(Health.UNKNOWN, 0, "");

    public Standing after(ProbeResult result, RiseFall thresholds) {
        return switch (result) {
            case ProbeResult.Passed _ -> passed(thresholds.rise());
            case ProbeResult.Failed(var _, var why) -> failed(thresholds.fall(), why);
            case ProbeResult.NotMade _ -> this;
        };
    }

    /// This, which is up, kept down for want of patience.
    ///
    /// @param before what it was, with why
    public Standing stillDown(Standing before) {
        return new Standing(before.health(), run, before.reason());
    }

    private Standing passed(int rise) {
        int next = Math.clamp(run, 0, rise - 1) + 1;
        return next == rise
                ? new Standing(Health.UP, next, "")
                : new Standing(health, next, reason);
    }

    private Standing failed(int fall, String why) {
        int next = Math.clamp(run, 1 - fall, 0) - 1;
        return new Standing(-next == fall ? Health.DOWN : health, next, why);
    }
}
