package meridian.health;

import java.util.Comparator;
import meridian.time.Stamp;

/// What the fleet holds true of one endpoint, and the moment and vantage that completed it.
///
/// @param health up or down: where nothing is known there is no verdict
public record Verdict(Health health, Stamp stamp) {

    /// Two nodes that saw different votes of one vantage may move their stamps to the same moment.
    /// Then up holds, so that all nodes choose alike, and rather to serve.
    private static final Comparator<Verdict> BY_AGE =
            Comparator.comparing(Verdict::stamp)
                    .thenComparing(verdict -> verdict.health() == Health.UP);

    public Verdict {
        if (health == Health.UNKNOWN)
            throw new IllegalArgumentException("a verdict is up or down, not unknown");
    }

    /// The newer of two: how nodes that cannot count votes for themselves come to agree.
    public Verdict merged(Verdict other) {
        return BY_AGE.compare(other, this) > 0 ? other : this;
    }
}
