package meridian.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import meridian.topology.NodeId;

/// Another node, as its last beat shows it.
///
/// @param age how long ago the beat arrived
/// @param incarnation which start of the process it is
/// @param configuration the hash of the configuration it runs
/// @param clockAhead by how much its clock is ahead of our steady time, or behind it (negative), as
///   far as that can be told from a message that took a while
/// @param hears whose beats it hears itself
/// @param doubled whether a second process runs under its name
public record PeerState(
        Duration age,
        long incarnation,
        String configuration,
        Duration clockAhead,
        Set<NodeId> hears,
        boolean doubled) {

    public PeerState {
        hears = Set.copyOf(hears);
    }

    /// Whether its beats arrive.
    public boolean isHeard() {
        return age.toNanos() <= Peers.HEARD_FOR_NANOS;
    }

    /// @param ours the hash of the configuration that this node runs
    /// @param lead by how much the fleet's time is ahead of our steady one
    List<Alarm> alarms(NodeId node, String ours, Duration lead) {
        if (!isHeard()) return List.of();
        var alarms = new ArrayList<Alarm>();
        if (doubled) alarms.add(new Alarm.TwoOfOne(node));
        if (!configuration.equals(ours))
            alarms.add(new Alarm.OtherConfiguration(node, configuration, ours));
        Duration apart = clockAhead.minus(lead);
        if (AgreedTime.isApart(apart)) alarms.add(new Alarm.ClockApart(node, apart));
        return alarms;
    }
}
