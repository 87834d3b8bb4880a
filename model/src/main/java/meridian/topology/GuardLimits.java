package meridian.topology;

/// What may not happen to a service at once.
///
/// @param keepRegions how many regions that can serve must stay; 1 or more
public record GuardLimits(int keepRegions) {

    public GuardLimits {
        if (keepRegions < 1) {
            throw new IllegalArgumentException(
                    "keep-regions is " + keepRegions + "; 1 or more is accepted");
        }
    }
}
