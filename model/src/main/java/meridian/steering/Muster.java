package meridian.steering;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import meridian.health.Health;
import meridian.record.RecordType;
import meridian.time.Stamp;
import meridian.topology.RegionId;

/// Which regions serve one type, and which have left, each at what stamp.
///
/// @param serving what is in service, and what is below its `min-up` until the guard admits that it
///   goes
/// @param left drained, dead, or let go
record Muster(List<PoolState> serving, List<Departure> left) {

    /// A region out of service.
    ///
    /// @param at the stamp of its drain, or of the verdict that took it below `min-up`
    record Departure(RegionId region, int capacity, Stamp at) implements Comparable<Departure> {

        private static final Comparator<Departure> ORDER =
                Comparator.comparing(Departure::at).thenComparing(Departure::region);

        static Departure of(PoolState pool, Stamp at) {
            return new Departure(pool.pool().region(), pool.capacity(), at);
        }

        /// Whether this one came before `other` and by less than `per`.
        boolean isShortlyBefore(Departure other, Duration per) {
            long apart = other.at.time().millis() - at.time().millis();
            return compareTo(other) < 0 && apart < per.toMillis();
        }

        @Override
        public int compareTo(Departure other) {
            return ORDER.compare(this, other);
        }
    }

    Muster {
        serving = List.copyOf(serving);
        left = List.copyOf(left);
    }

    static Muster of(ServiceState state, RecordType type) {
        var serving = new ArrayList<PoolState>();
        var left = new ArrayList<Departure>();
        for (PoolState pool : state.pools()) {
            if (!pool.has(type)) continue;
            departure(pool, type).ifPresentOrElse(left::add, () -> serving.add(pool));
        }
        return new Muster(serving, left);
    }

    /// What is left to be answered where nothing is in service.
    static Muster undrained(ServiceState state, RecordType type) {
        var serving = new ArrayList<PoolState>();
        var left = new ArrayList<Departure>();
        for (PoolState pool : state.pools(type)) {
            if (pool.drained()) departure(pool, type).ifPresent(left::add);
            else serving.add(pool);
        }
        return new Muster(serving, left);
    }

    /// What asks nobody before it goes: the drained, the dead, and those let go by a person.
    private static Optional<Departure> departure(PoolState pool, RecordType type) {
        if (pool.drained()) return pool.wishes().drained().map(at -> Departure.of(pool, at));
        if (pool.health(type) != Health.DOWN) return Optional.empty();
        return pool.fell(type)
                .filter(at -> !pool.isPartlyUp(type) || pool.isConfirmed(at))
                .map(at -> Departure.of(pool, at));
    }

    /// The pools that health would take out, in the order in which they fell.
    List<PoolState> falling(RecordType type) {
        var falling = new ArrayList<PoolState>(0);
        for (PoolState pool : serving) {
            if (pool.isPartlyUp(type)) falling.add(pool);
        }
        falling.sort(
                Comparator.comparing(pool -> Departure.of(pool, pool.fell(type).orElseThrow())));
        return falling;
    }

    /// The same, once what waits to be let back is counted among what has left.
    Muster withoutWaiting(RecordType type) {
        Muster without = this;
        for (PoolState pool : serving) {
            Optional<Stamp> fall = pool.waits(type);
            if (fall.isPresent()) without = without.after(Departure.of(pool, fall.get()));
        }
        return without;
    }

    Optional<PoolState> serving(RegionId region) {
        for (PoolState pool : serving) {
            if (pool.pool().region().equals(region)) return Optional.of(pool);
        }
        return Optional.empty();
    }

    /// After the departure of a region that serves.
    Muster after(Departure departure) {
        var remaining = new ArrayList<>(serving);
        remaining.removeIf(pool -> pool.pool().region().equals(departure.region()));
        var gone = new ArrayList<>(left);
        gone.add(departure);
        return new Muster(remaining, gone);
    }

    /// All that left within `per` until `last`, and that one.
    List<Departure> within(Duration per, Departure last) {
        return left.stream()
                .filter(one -> one.equals(last) || one.isShortlyBefore(last, per))
                .toList();
    }

    long capacity() {
        return servingCapacity() + capacity(left);
    }

    long servingCapacity() {
        long capacity = 0;
        for (PoolState pool : serving) capacity += pool.capacity();
        return capacity;
    }

    static long capacity(List<Departure> departures) {
        return departures.stream().mapToLong(Departure::capacity).sum();
    }
}
