package meridian.checker.probe;

import meridian.health.ProbeResult;

/// One address and what it must say.
public interface Probe {

    /// Asks once, on the calling thread, and is back by the monitor's timeout whatever the endpoint
    /// does. All that can go wrong on the way is a result; only a defect of ours is thrown.
    ///
    /// An interrupt ends the attempt at once, and its result means nothing.
    ProbeResult attempt();
}
