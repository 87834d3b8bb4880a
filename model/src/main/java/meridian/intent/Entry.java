package meridian.intent;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import meridian.time.Stamp;

/// An intent and what became of it: standing, or ended by someone. An ended one is kept as a
/// tombstone, so that a node that was away cannot bring it back.
///
/// @param stamp of the last thing said about it; the newest holds
public record Entry(Intent intent, Optional<Ending> ending, Stamp stamp) {

    private static final Comparator<Entry> BY_AGE =
            Comparator.comparing(Entry::stamp).thenComparing(entry -> entry.ending().isPresent());

    /// Who ended it by hand, and when.
    public record Ending(String owner, Instant at) {}

    /// The newer of two; of one moment, which only two processes with one name can make, the one
    /// that is ended.
    public Entry merged(Entry other) {
        return BY_AGE.compare(other, this) > 0 ? other : this;
    }

    /// Ended by hand, unless it is already. The stamp is moved behind what it ends: whose clock is
    /// behind must be heard too.
    public Entry ended(String owner, Instant at, Stamp by) {
        if (ending.isPresent()) return this;
        return new Entry(intent, Optional.of(new Ending(owner, at)), by.after(stamp));
    }

    public boolean standsAt(Instant now) {
        return ending.isEmpty() && intent.standsAt(now);
    }

    /// When it ended or will end; empty: not before someone ends it.
    Optional<Instant> over() {
        return ending.map(this::over).or(intent::end);
    }

    /// By the clock of who ended it, or by the fleet's where that one was behind: on its word alone
    /// the others would drop the tombstone as an old one.
    private Instant over(Ending by) {
        Instant stamped = Instant.ofEpochMilli(stamp.time().millis());
        return by.at().isAfter(stamped) ? by.at() : stamped;
    }
}
