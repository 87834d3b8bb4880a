package meridian.intent;

import java.time.Instant;
import java.util.Optional;

/// What a person asked for, against or beyond what health says. Which kinds there are:
///
/// | kind | what it asks |
/// |---|---|
/// | [Drain] | send no new client to a region |
/// | [Freeze] | let no verdict turn |
/// | [Retirement] | count a vantage's vote no more |
/// | [Confirmation] | let go what the guard holds |
/// | [Failback] | let come back what waits for a person |
/// | [Pardon] | forget that an endpoint turned often |
public sealed interface Intent permits Drain, Freeze, Retirement, Confirmation, Failback, Pardon {

    Origin origin();

    /// Unique over the fleet and for ever.
    default String id() {
        return origin().id();
    }

    /// Who asked, from the token.
    default String owner() {
        return origin().owner();
    }

    default String reason() {
        return origin().reason();
    }

    default Instant begun() {
        return origin().begun();
    }

    /// Empty: it stands until someone ends it.
    default Optional<Instant> end() {
        return origin().end();
    }

    default boolean standsAt(Instant now) {
        return end().isEmpty() || now.isBefore(end().get());
    }
}
