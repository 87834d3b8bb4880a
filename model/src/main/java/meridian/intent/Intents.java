package meridian.intent;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.NodeId;
import meridian.topology.RegionId;
import meridian.topology.ServiceId;

/// Every standing wish of the operators, and the tombstones of those that ended.
///
/// Merging is commutative, associative and idempotent: whatever the order in which nodes hear of
/// each other's entries, and however often, all come to hold the same.
///
/// @param entries by the id of the intent
public record Intents(Map<String, Entry> entries) {

    public static final Intents NONE = new Intents(Map.of());

    /// How long a tombstone outlives what it ended: a node that was away for longer than this must
    /// not come back with its old disk.
    public static final Duration TOMBSTONES_KEPT = Duration.ofDays(30);

    public Intents {
        entries = Map.copyOf(entries);
    }

    public Intents with(Intent intent, Stamp stamp) {
        return with(new Entry(intent, Optional.empty(), stamp));
    }

    /// Ends an intent by hand; nothing changes if there is none of this id, or it was ended before.
    public Intents ended(String id, String owner, Instant at, Stamp stamp) {
        Entry entry = entries.get(id);
        if (entry == null) return this;
        return with(entry.ended(owner, at, stamp));
    }

    public Intents with(Entry entry) {
        var merged = new HashMap<>(entries);
        merged.merge(entry.intent().id(), entry, Entry::merged);
        return new Intents(merged);
    }

    public Intents merged(Intents other) {
        if (entries.equals(other.entries)) return this;
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

    /// The ids of all that stands: as long as these and the entries are the same, so is everything
    /// that follows from intents.
    public Set<String> standing(Instant now) {
        var standing = new HashSet<String>();
        entries.forEach(
                (id, entry) -> {
                    if (entry.standsAt(now)) standing.add(id);
                });
        return standing;
    }

    /// The intents of one kind that stand, the oldest first.
    public <I extends Intent> List<I> standing(Class<I> kind, Instant now) {
        var standing = new ArrayList<I>();
        for (Entry entry : entries.values()) {
            if (kind.isInstance(entry.intent()) && entry.standsAt(now))
                standing.add(kind.cast(entry.intent()));
        }
        standing.sort(Comparator.comparing(Intent::begun).thenComparing(Intent::id));
        return List.copyOf(standing);
    }

    /// The drains that stand, the oldest first.
    public List<Drain> drains(Instant now) {
        return standing(Drain.class, now);
    }

    /// The stamp of the first drain of a service in a region that stands; empty: none does.
    public Optional<Stamp> drained(RegionId region, ServiceId service, Instant now) {
        return stamps(Drain.class, Drain::scope, region, service, now).stream()
                .min(Stamp::compareTo);
    }

    /// The stamp of the last confirmation for a service in a region that stands.
    public Optional<Stamp> confirmed(RegionId region, ServiceId service, Instant now) {
        return stamps(Confirmation.class, Confirmation::scope, region, service, now).stream()
                .max(Stamp::compareTo);
    }

    /// The services that any intent is about by name.
    public Set<ServiceId> named() {
        return entries.values().stream()
                .flatMap(entry -> scope(entry.intent()).stream())
                .flatMap(scope -> scope.service().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<Scope> scope(Intent intent) {
        return switch (intent) {
            case Drain drain -> Optional.of(drain.scope());
            case Confirmation confirmation -> Optional.of(confirmation.scope());
            case Failback failback -> Optional.of(failback.scope());
            case Freeze _, Retirement _, Pardon _ -> Optional.empty();
        };
    }

    private <I extends Intent> List<Stamp> stamps(
            Class<I> kind,
            Function<I, Scope> scope,
            RegionId region,
            ServiceId service,
            Instant now) {
        var stamps = new ArrayList<Stamp>();
        for (Entry entry : entries.values()) {
            if (kind.isInstance(entry.intent())
                    && scope.apply(kind.cast(entry.intent())).covers(region, service)
                    && entry.standsAt(now)) stamps.add(entry.stamp());
        }
        return stamps;
    }

    /// The freeze that stands and was asked for first.
    public Optional<Freeze> freeze(Instant now) {
        return standing(Freeze.class, now).stream().findFirst();
    }

    /// The vantages that are not to be counted.
    public Set<NodeId> retired(Instant now) {
        if (entries.isEmpty()) return Set.of();
        return standing(Retirement.class, now).stream()
                .map(Retirement::vantage)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// The last pardon of each address.
    public Map<InetAddress, Stamp> pardons() {
        var newest = new HashMap<InetAddress, Stamp>();
        entries.values().stream()
                .filter(entry -> entry.ending().isEmpty())
                .forEach(
                        entry -> {
                            if (entry.intent() instanceof Pardon(_, var address))
                                newest.merge(address, entry.stamp(), Intents::newer);
                        });
        return Map.copyOf(newest);
    }

    /// The stamp of the last drain that stands and has an end.
    public Optional<Stamp> endingDrain(RegionId region, ServiceId service, Instant now) {
        return entries.values().stream()
                .filter(entry -> entry.standsAt(now) && entry.intent().end().isPresent())
                .filter(
                        entry ->
                                entry.intent() instanceof Drain drain
                                        && drain.scope().covers(region, service))
                .map(Entry::stamp)
                .max(Stamp::compareTo);
    }

    /// The stamp of the last word by which clients may come back: a failback, or the end of a drain
    /// by hand.
    public Optional<Stamp> letBack(RegionId region, ServiceId service) {
        return entries.values().stream()
                .filter(entry -> letsBack(entry, region, service))
                .map(Entry::stamp)
                .max(Stamp::compareTo);
    }

    private static boolean letsBack(Entry entry, RegionId region, ServiceId service) {
        return switch (entry.intent()) {
            case Failback failback ->
                    entry.ending().isEmpty() && failback.scope().covers(region, service);
            case Drain drain -> entry.ending().isPresent() && drain.scope().covers(region, service);
            case Freeze _, Retirement _, Confirmation _, Pardon _ -> false;
        };
    }

    private static Stamp newer(Stamp one, Stamp other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /// The newest time in any stamp: a clock that has heard of these is ahead of it.
    public HybridTime newest() {
        return entries.values().stream()
                .map(entry -> entry.stamp().time())
                .max(Comparator.naturalOrder())
                .orElse(HybridTime.ZERO);
    }
}
