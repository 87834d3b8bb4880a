package meridian.health;

import meridian.time.Stamp;

/// What the fleet holds true of one endpoint, and the moment and vantage that completed it.
public record Verdict(Health health, Stamp stamp) {

    /// The newer of two: how nodes that cannot count votes for themselves come to agree. Of two
    /// with one stamp, which only a defect can make, it is the one that takes nothing out.
    public Verdict merged(Verdict other) {
        int order = other.stamp.compareTo(stamp);
        if (order == 0) return health == Health.UP ? this : other;
        return order > 0 ? other : this;
    }
}
