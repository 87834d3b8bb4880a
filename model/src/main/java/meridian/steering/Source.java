package meridian.steering;

import java.util.Optional;
import meridian.topology.RegionId;

/// Where the endpoints of an answer come from.
public sealed interface Source {

    /// What of a region's pool serves: what is up; if nothing is, what is unknown; else all of it.
    record Serving(RegionId of) implements Source {}

    /// All of a region's pool, whatever was measured.
    record Whole(RegionId of) implements Source {}

    /// What the service keeps for when nothing is eligible.
    record Fallback() implements Source {}

    /// The region, where it is one.
    default Optional<RegionId> region() {
        return switch (this) {
            case Serving(var region) -> Optional.of(region);
            case Whole(var region) -> Optional.of(region);
            case Fallback() -> Optional.empty();
        };
    }
}
