package meridian.intent;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.RegionId;
import meridian.topology.ServiceId;

/// Every standing wish of the operators, and the tombstones of those that ended.
///
/// Merging is commutative, associative and idempotent: whatever the order in which nodes hear of
/// each other's entries, and however often, all come to hold the same.
///
/// @param entries by the id of the drain
public record Intents(Map<String, Entry> entries) {

    public static final Intents NONE = new Intents(Map.of());

    /// How long a tombstone outlives what it ended: a node that was away for longer than this must
    /// not come back with its old disk.
    public static final Duration TOMBSTONES_KEPT = Duration.ofDays(30);

    public Intents {
        entries = Map.copyOf(entries);
    }

    public Intents with(Drain drain, Stamp stamp) {
        return with(new Entry(drain, Optional.empty(), stamp));
    }

    /// Ends a drain by hand; nothing changes if there is none of this id, or it was ended before.
    public Intents ended(String id, String owner, Instant at, Stamp stamp) {
        Entry entry = entries.get(id);
        if (entry == null) return this;
        return with(entry.ended(owner, at, stamp));
    }

    public Intents with(Entry entry) {
        var merged = new HashMap<>(entries);
        merged.merge(entry.drain().id(), entry, Entry::merged);
        return new Intents(merged);
    }

    public Intents merged(Intents other) {
        var merged = new HashMap<>(entries);
        other.entries.forEach((id, entry) -> merged.merge(id, entry, Entry::merged));
        return new Intents(merged);
    }

    /// Without what has been over for longer than tombstones are kept.
    public Intents swept(Instant now) {
        // Not "over plus": an end may be at the end of all time.
        Instant oldest = now.minus(TOMBSTONES_KEPT);
        var kept = new HashMap<>(entries);
        kept.values().removeIf(entry -> entry.over().filter(oldest::isAfter).isPresent());
        return new Intents(kept);
    }

    /// The drains that stand, the oldest first.
    public List<Drain> drains(Instant now) {
        return entries.values().stream()
                .filter(entry -> entry.standsAt(now))
                .map(Entry::drain)
                .sorted(Comparator.comparing(Drain::begun).thenComparing(Drain::id))
                .toList();
    }

    public boolean isDrained(RegionId region, ServiceId service, Instant now) {
        return entries.values().stream()
                .anyMatch(entry -> entry.standsAt(now) && entry.drain().covers(region, service));
    }

    /// When the next standing drain ends by itself: what is true now holds until then.
    public Optional<Instant> nextEnd(Instant now) {
        return drains(now).stream()
                .flatMap(drain -> drain.end().stream())
                .min(Comparator.naturalOrder());
    }

    /// The newest time in any stamp: a clock that has heard of these is ahead of it.
    public HybridTime newest() {
        return entries.values().stream()
                .map(entry -> entry.stamp().time())
                .max(Comparator.naturalOrder())
                .orElse(HybridTime.ZERO);
    }
}
