package meridian.health;

import meridian.time.Stamp;

/// What the fleet holds true of one endpoint, and the moment and vantage that completed it.
///
/// @param health up or down: where nothing is known there is no verdict
public record Verdict(Health health, Stamp stamp) {

    public Verdict {
        if (health == Health.UNKNOWN)
            throw new IllegalArgumentException("a verdict is up or down, not unknown");
    }

    /// Two nodes that saw different votes of one vantage may move their stamps to the same moment.
    /// Then up holds, so that all nodes choose alike, and rather to serve.
    public boolean isNewerThan(Verdict other) {
        int order = stamp.compareTo(other.stamp);
        return order > 0 || (order == 0 && health == Health.UP && other.health == Health.DOWN);
    }

    /// As of a record; written out as in [meridian.topology.NodeId].
    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Verdict verdict
                        && health == verdict.health
                        && stamp.equals(verdict.stamp));
    }

    @Override
    public int hashCode() {
        return 31 * health.hashCode() + stamp.hashCode();
    }

    /// This verdict, newer than `before` whatever the clocks showed.
    Verdict after(Verdict before) {
        return new Verdict(health, stamp.after(before.stamp));
    }

    /// The newer of two: how nodes that cannot count votes for themselves come to agree.
    public Verdict merged(Verdict other) {
        return other.isNewerThan(this) ? other : this;
    }
}
