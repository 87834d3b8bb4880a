package meridian.health;

import meridian.topology.RiseFall;

/// One checker's opinion of one endpoint, and the run of results that leans against it.
///
/// `run` counts how many results in a row point the same way: above zero passes, below zero
/// failures. A result that points the other way starts a new run, so "pass, fail" after a start
/// never counts as two of anything.
///
/// @param reason why the last failure failed; empty while there was none since it was last up
public record Standing(Health health, int run, String reason) {

    public static final Standing UNKNOWN = new Standing(Health.UNKNOWN, 0, "");

    public Standing after(ProbeResult result, RiseFall thresholds) {
        int next =
                switch (result) {
                    case ProbeResult.Passed _ -> Math.max(run, 0) + 1;
                    case ProbeResult.Failed _ -> Math.min(run, 0) - 1;
                };
        if (next >= thresholds.rise()) return new Standing(Health.UP, next, "");
        String why = result instanceof ProbeResult.Failed(var failure) ? failure : reason;
        if (-next >= thresholds.fall()) return new Standing(Health.DOWN, next, why);
        return new Standing(health, next, why);
    }
}
