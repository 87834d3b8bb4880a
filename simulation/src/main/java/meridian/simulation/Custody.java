package meridian.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import meridian.time.Stamp;
import meridian.topology.GuardLimits;
import meridian.topology.GuardLimits.Bounds;
import meridian.topology.GuardLimits.Velocity;
import meridian.topology.RegionId;

/// What the guard must hold of a service, and what it must let nobody drain: its limits once more,
/// written for nothing but to be compared with what it does.
///
/// @param pools all that the service has
record Custody(List<PoolView> pools, GuardLimits limits) {

    /// A region out of service.
    private record Gone(RegionId region, int capacity, Stamp at) {

        private static final Comparator<Gone> IN_ORDER =
                Comparator.comparing(Gone::at).thenComparing(Gone::region);

        static Gone of(PoolView pool, Stamp at) {
            return new Gone(pool.region(), pool.capacity(), at);
        }

        boolean isWithin(Velocity velocity, Gone last) {
            long apart = last.at.time().millis() - at.time().millis();
            return IN_ORDER.compare(this, last) < 0 && apart < velocity.per().toMillis();
        }
    }

    /// The regions that health would take out, and that must stay in service.
    Set<RegionId> held() {
        var held = new HashSet<RegionId>();
        var gone = new ArrayList<>(unasked());
        for (Gone next : asking()) {
            if (isTooMuch(gone, next, limits.automation())) held.add(next.region());
            else gone.add(next);
        }
        return held;
    }

    /// Whether the guard must let someone drain a region.
    ///
    /// @param at the stamp of that drain
    boolean lets(RegionId region, Stamp at) {
        Set<RegionId> held = held();
        var gone = new ArrayList<>(unasked());
        for (Gone one : asking()) if (!held.contains(one.region())) gone.add(one);
        for (PoolView pool : pools) {
            if (!isAmong(gone, pool.region()))
                pool.waitsSince().ifPresent(since -> gone.add(Gone.of(pool, since)));
        }
        // With nothing in service, whatever is not drained is answered, and its last must stay.
        if (gone.size() == pools.size()) gone.removeIf(one -> !isDrained(one.region()));
        Optional<PoolView> its =
                pools.stream().filter(pool -> pool.region().equals(region)).findFirst();
        if (its.isEmpty() || isAmong(gone, region)) return true;
        return !isTooMuch(gone, Gone.of(its.get(), at), limits.drains());
    }

    /// What is drained, dead, or was let go by a person.
    private List<Gone> unasked() {
        var gone = new ArrayList<Gone>();
        for (PoolView pool : pools) {
            if (pool.drained()) gone.add(Gone.of(pool, pool.drainedSince().orElseThrow()));
            else if (pool.isBelow() && (pool.isDead() || pool.isConfirmed()))
                gone.add(Gone.of(pool, pool.fell()));
        }
        return gone;
    }

    /// What is below its `min-up` and still serves, in the order in which it fell.
    private List<Gone> asking() {
        return pools.stream()
                .filter(pool -> !pool.drained() && pool.isBelow())
                .filter(pool -> !pool.isDead() && !pool.isConfirmed())
                .map(pool -> Gone.of(pool, pool.fell()))
                .sorted(Gone.IN_ORDER)
                .toList();
    }

    private boolean isTooMuch(List<Gone> gone, Gone next, Bounds bounds) {
        if (pools.size() - gone.size() - 1 < limits.keepRegions()) return true;
        long left = capacity() - capacity(gone) - next.capacity();
        return 100 * left < bounds.keepCapacity() * capacity()
                || bounds.velocity().filter(its -> isTooFast(gone, next, its)).isPresent();
    }

    private boolean isTooFast(List<Gone> gone, Gone next, Velocity velocity) {
        List<Gone> shortly = gone.stream().filter(one -> one.isWithin(velocity, next)).toList();
        long lost = capacity(shortly) + next.capacity();
        return shortly.size() + 1 > velocity.regions()
                || 100 * lost > velocity.capacity() * capacity();
    }

    private long capacity() {
        return pools.stream().mapToLong(PoolView::capacity).sum();
    }

    private static long capacity(List<Gone> gone) {
        return gone.stream().mapToLong(Gone::capacity).sum();
    }

    private boolean isDrained(RegionId region) {
        return pools.stream().anyMatch(pool -> pool.region().equals(region) && pool.drained());
    }

    private static boolean isAmong(List<Gone> gone, RegionId region) {
        return gone.stream().anyMatch(one -> one.region().equals(region));
    }
}
