package meridian.health;

import meridian.time.Stamp;

/// What the fleet holds true of one endpoint, and the moment and vantage that completed it.
public record Verdict(Health health, Stamp stamp) {

    /// The newer of two: how nodes that cannot count votes for themselves come to agree.
    public Verdict merged(Verdict other) {
        return other.stamp.compareTo(stamp) > 0 ? other : this;
    }
}
