package meridian.intent;

import java.time.Instant;
import java.util.Optional;
import meridian.time.Stamp;

/// A drain and what became of it: standing, or ended by someone. An ended one is kept as a
/// tombstone, so that a node that was away cannot bring it back.
///
/// @param stamp of the last thing said about it; the newest holds
public record Entry(Drain drain, Optional<Ending> ending, Stamp stamp) {

    /// Who ended it by hand, and when.
    public record Ending(String owner, Instant at) {}

    public Entry merged(Entry other) {
        return other.stamp.compareTo(stamp) > 0 ? other : this;
    }

    public boolean standsAt(Instant now) {
        return ending.isEmpty() && drain.standsAt(now);
    }

    /// When it ended or will end; empty: not before someone ends it.
    Optional<Instant> over() {
        return ending.map(Ending::at).or(drain::end);
    }
}
