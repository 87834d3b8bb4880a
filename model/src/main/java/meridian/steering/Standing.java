package meridian.steering;

import meridian.health.Health;
import meridian.topology.RegionId;

/// All that steering looks at of one pool, for one type.
///
/// @param waits whether it waits to be let back
/// @param health up too where the guard keeps it in service
/// @param percent of its clients that it has, where it serves: 100 unless it climbs
/// @param fall how many pools of its service fell before it; 0 where that decides nothing
record Standing(
        RegionId region,
        boolean standby,
        boolean drained,
        boolean waits,
        Health health,
        int percent,
        int fall) {}
