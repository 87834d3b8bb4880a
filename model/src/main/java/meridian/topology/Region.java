package meridian.topology;

import java.util.List;

/// A place with its own failure domain.
///
/// @param capacity what it can carry, in any unit that is the same for all regions
/// @param standby whether it serves only when no active region can
/// @param cells failure domains inside it, over which answers are spread
public record Region(
        RegionId id, Coordinates location, int capacity, boolean standby, List<String> cells) {

    public Region {
        if (capacity < 1) {
            throw new IllegalArgumentException(
                    "region " + id + " has capacity " + capacity + "; 1 or more is accepted");
        }
        cells = List.copyOf(cells);
    }
}
