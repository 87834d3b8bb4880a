package meridian.signing;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// When a key is in use, as BIND's key files tell it. What is not set never happens, but that a key
/// without any `Publish` and `Activate` is in use from the start.
///
/// ```
///            publish        activate           inactive         delete
///   made   |  published    |  active          |  retired       |  removed
///          |  in DNSKEY    |  and it signs    |  in DNSKEY     |
/// ```
///
/// @param syncPublish from when the parent is asked for it by CDS and CDNSKEY (RFC 7344)
public record KeyTiming(
        Optional<Instant> publish,
        Optional<Instant> activate,
        Optional<Instant> inactive,
        Optional<Instant> delete,
        Optional<Instant> syncPublish,
        Optional<Instant> syncDelete) {

    /// In use, and for ever.
    public static final KeyTiming ALWAYS =
            new KeyTiming(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    /// What a key is at a moment.
    public enum State {
        MADE,
        PUBLISHED,
        ACTIVE,
        RETIRED,
        REMOVED
    }

    public State state(Instant at) {
        if (isPast(delete, at)) return State.REMOVED;
        if (isPast(inactive, at)) return State.RETIRED;
        boolean hasNeither = publish.isEmpty() && activate.isEmpty();
        if (isPast(activate, at) || hasNeither) return State.ACTIVE;
        return isPast(publish, at) ? State.PUBLISHED : State.MADE;
    }

    boolean isPublished(Instant at) {
        State state = state(at);
        return state != State.MADE && state != State.REMOVED;
    }

    boolean isActive(Instant at) {
        return state(at) == State.ACTIVE;
    }

    /// Whether the parent is to be asked for it.
    boolean isSynced(Instant at) {
        return isPast(syncPublish, at) && !isPast(syncDelete, at) && isPublished(at);
    }

    /// The first moment after `at` at which anything changes.
    public Optional<Instant> next(Instant at) {
        return Stream.of(publish, activate, inactive, delete, syncPublish, syncDelete)
                .flatMap(Optional::stream)
                .filter(at::isBefore)
                .min(Instant::compareTo);
    }

    private static boolean isPast(Optional<Instant> moment, Instant at) {
        return moment.isPresent() && !moment.get().isAfter(at);
    }
}
