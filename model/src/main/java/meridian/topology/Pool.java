package meridian.topology;

import java.util.List;
import meridian.record.RecordType;

/// The endpoints of one service in one region, which stand in for one another.
///
/// @param minUp percent of its endpoints of a type that must be up, or the pool counts as down for
///   that type
public record Pool(RegionId region, int minUp, List<Endpoint> endpoints) {

    public Pool {
        if (minUp < 0 || minUp > 100) {
            throw new IllegalArgumentException(
                    "pool " + region + " has min-up " + minUp + "%; 0% to 100% are accepted");
        }
        if (endpoints.isEmpty())
            throw new IllegalArgumentException("pool " + region + " has no endpoint");
        endpoints = List.copyOf(endpoints);
    }

    public boolean has(RecordType type) {
        for (Endpoint endpoint : endpoints) {
            if (endpoint.destination().type().equals(type)) return true;
        }
        return false;
    }
}
