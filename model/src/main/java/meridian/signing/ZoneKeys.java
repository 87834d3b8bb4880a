package meridian.signing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import meridian.record.DomainName;

/// The keys that a zone is signed with, and which of them does what at a moment. So rollovers
/// follow from the keys' timing alone: a key that signs the zone is published before it does, one
/// that the parent names signs beside its successor until the parent names that.
///
/// Of each algorithm there is a signature of everything (RFC 6840 §5.11). An entry key without a
/// key that signs the zone beside it does both (a CSK).
public record ZoneKeys(DomainName apex, List<SigningKey> keys) {

    public ZoneKeys {
        keys = List.copyOf(keys);
        if (keys.isEmpty()) throw new IllegalArgumentException(apex + " has no key");
        for (Algorithm algorithm : Algorithm.values()) {
            List<SigningKey> of =
                    keys.stream().filter(key -> key.algorithm() == algorithm).toList();
            if (!of.isEmpty() && of.stream().noneMatch(SigningKey::isEntry))
                throw new IllegalArgumentException(
                        apex
                                + " has keys of "
                                + algorithm
                                + " and none with flags 257, which the parent could name;"
                                + " a KSK and a ZSK, or one CSK, are accepted");
        }
    }

    /// Those whose DNSKEY is in the zone.
    public List<SigningKey> published(Instant at) {
        return inUse(key -> key.timing().isPublished(at));
    }

    /// Those that sign the DNSKEY records.
    public List<SigningKey> entries(Instant at) {
        return active(at).stream().filter(SigningKey::isEntry).toList();
    }

    /// Those that sign all else.
    public List<SigningKey> signers(Instant at) {
        List<SigningKey> active = active(at);
        return active.stream().filter(key -> !key.isEntry() || hasNoOther(key, active)).toList();
    }

    private static boolean hasNoOther(SigningKey entry, List<SigningKey> active) {
        return active.stream()
                .noneMatch(key -> !key.isEntry() && key.algorithm() == entry.algorithm());
    }

    /// Those that the parent is asked to name.
    public List<SigningKey> synced(Instant at) {
        return keys.stream()
                .filter(SigningKey::isEntry)
                .filter(key -> key.timing().isSynced(at))
                .toList();
    }

    /// The first moment after `at` at which any of this changes.
    public Optional<Instant> next(Instant at) {
        return keys.stream().flatMap(key -> key.timing().next(at).stream()).min(Instant::compareTo);
    }

    /// Whether the zone has a key for everything at a moment; if not, all are used, for an answer
    /// without signature would be taken for a forgery.
    public boolean isComplete(Instant at) {
        return keys.stream().anyMatch(key -> key.isEntry() && key.timing().isActive(at));
    }

    private List<SigningKey> active(Instant at) {
        return inUse(key -> isComplete(at) && key.timing().isActive(at));
    }

    private List<SigningKey> inUse(Predicate<SigningKey> wanted) {
        List<SigningKey> found = keys.stream().filter(wanted).toList();
        return found.isEmpty() ? keys : found;
    }
}
