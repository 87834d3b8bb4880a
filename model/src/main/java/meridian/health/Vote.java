package meridian.health;

import java.time.Duration;
import java.util.Optional;
import meridian.time.Stamp;
import meridian.topology.NodeId;
import meridian.topology.RegionId;

/// One vantage's opinion of one endpoint, as this node may count it now.
///
/// @param health unknown where the vantage is silent, stale, abstaining, or does not watch it
/// @param stamp when the opinion turned, and whose it is
/// @param reason why it is down, or why it is unknown
/// @param age since its report arrived here; empty: nothing was ever heard
/// @param heldOut for how much longer it is held down though it passes; zero for most
public record Vote(
        RegionId region,
        Health health,
        Stamp stamp,
        String reason,
        Optional<Duration> age,
        Duration heldOut) {

    /// One on what is not held out.
    public Vote(
            RegionId region, Health health, Stamp stamp, String reason, Optional<Duration> age) {
        this(region, health, stamp, reason, age, Duration.ZERO);
    }

    public NodeId vantage() {
        return stamp.node();
    }
}
