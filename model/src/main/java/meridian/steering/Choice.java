package meridian.steering;

import java.util.List;
import java.util.Optional;
import meridian.topology.Endpoint;
import meridian.topology.RegionId;

/// What one answer is, and why.
///
/// @param endpoints that it names
/// @param records that name them, in the order to answer them
/// @param regions that it comes from; none for a fallback and for an empty answer
public record Choice(
        List<Endpoint> endpoints, List<Rdata> records, List<RegionId> regions, Reason reason) {

    public Choice {
        endpoints = List.copyOf(endpoints);
        records = List.copyOf(records);
        regions = List.copyOf(regions);
    }

    /// The region, where it is one.
    public Optional<RegionId> region() {
        return regions.size() == 1 ? Optional.of(regions.getFirst()) : Optional.empty();
    }

    public boolean failedOpen() {
        return reason == Reason.FAIL_OPEN;
    }
}
