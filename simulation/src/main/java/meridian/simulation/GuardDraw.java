package meridian.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import meridian.topology.GuardLimits;
import meridian.topology.GuardLimits.Bounds;
import meridian.topology.GuardLimits.Velocity;

/// Draws what may not happen to a service at once. Windows are so short that what happens in one
/// run falls into several of them.
final class GuardDraw {

    private static final List<Integer> KEPT = List.of(0, 30, 50, 70);
    private static final List<Integer> LOST = List.of(30, 60, 100);

    private final Chance chance;

    GuardDraw(Chance chance) {
        this.chance = chance;
    }

    /// @param regions how many there are
    GuardLimits limits(int regions) {
        int kept = chance.happens(50) ? 1 : chance.between(1, regions);
        return new GuardLimits(kept, drains(), automation());
    }

    private Bounds drains() {
        return switch (chance.below(3)) {
            case 0 -> Bounds.NONE;
            case 1 -> Bounds.OF_DRAINS;
            default -> bounds();
        };
    }

    private Bounds automation() {
        return chance.happens(50) ? bounds() : Bounds.NONE;
    }

    private Bounds bounds() {
        return new Bounds(chance.oneOf(KEPT), chance.happens(60) ? velocity() : Optional.empty());
    }

    private Optional<Velocity> velocity() {
        Duration per = Duration.ofSeconds(chance.between(2, 60));
        return Optional.of(new Velocity(chance.between(1, 2), chance.oneOf(LOST), per));
    }
}
