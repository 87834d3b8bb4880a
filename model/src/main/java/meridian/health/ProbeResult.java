package meridian.health;

import java.time.Duration;

/// What one attempt to reach an endpoint said.
public sealed interface ProbeResult {

    record Passed(Duration took) implements ProbeResult {}

    /// The endpoint was not reached, or did not say what it must.
    ///
    /// @param reason one clause an operator understands: `status 503, expected 200`
    record Failed(String reason) implements ProbeResult {}
}
