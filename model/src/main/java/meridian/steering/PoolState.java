package meridian.steering;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import meridian.health.Health;
import meridian.health.Verdict;
import meridian.record.RecordType;
import meridian.time.Stamp;
import meridian.topology.Endpoint;
import meridian.topology.Pool;

/// One pool with all that decides whether it may be answered with.
///
/// @param capacity of its region
/// @param standby whether its region is one
/// @param wishes what operators ask for of it
/// @param endpoints in the order of the configuration, with what the fleet holds true of each
/// @param returns by type, how far it is on its way back
public record PoolState(
        Pool pool,
        int capacity,
        boolean standby,
        Wishes wishes,
        List<Measured> endpoints,
        Map<RecordType, Return> returns) {

    /// An endpoint and its verdict; none was ever reached where it is empty.
    public record Measured(Endpoint endpoint, Optional<Verdict> verdict) {

        public Health health() {
            return verdict.isPresent() ? verdict.get().health() : Health.UNKNOWN;
        }

        private boolean isOf(RecordType type) {
            return endpoint.destination().type().number() == type.number();
        }
    }

    /// One that is not on its way back.
    public PoolState(
            Pool pool, int capacity, boolean standby, Wishes wishes, List<Measured> endpoints) {
        this(pool, capacity, standby, wishes, endpoints, Map.of());
    }

    public PoolState {
        endpoints = List.copyOf(endpoints);
        returns = Map.copyOf(returns);
    }

    /// The same pool with what the fleet holds true now of some endpoints; itself, if there are
    /// none.
    ///
    /// @param first the position of its first endpoint for both
    @SuppressWarnings("ReferenceEquality") // the list is copied at the first of them
    PoolState measuring(int first, IntPredicate which, IntFunction<Optional<Verdict>> verdicts) {
        List<Measured> now = endpoints;
        for (int i = 0; i < endpoints.size(); i++) {
            if (!which.test(first + i)) continue;
            if (now == endpoints) now = new ArrayList<>(endpoints);
            now.set(i, new Measured(endpoints.get(i).endpoint(), verdicts.apply(first + i)));
        }
        return now == endpoints
                ? this
                : new PoolState(pool, capacity, standby, wishes, now, returns);
    }

    /// The same pool with another verdict on some endpoints; itself, if that is the same.
    PoolState turned(Predicate<Endpoint> which, Verdict verdict) {
        var now = new ArrayList<Measured>(endpoints.size());
        for (Measured before : endpoints) {
            boolean isTurned = which.test(before.endpoint()) && before.health() != verdict.health();
            now.add(isTurned ? new Measured(before.endpoint(), Optional.of(verdict)) : before);
        }
        return now.equals(endpoints)
                ? this
                : new PoolState(pool, capacity, standby, wishes, now, returns);
    }

    /// The same pool with what operators ask for now, and how far it is on its way back.
    PoolState with(Wishes nowWishes, Map<RecordType, Return> nowReturns) {
        return wishes.equals(nowWishes) && returns.equals(nowReturns)
                ? this
                : new PoolState(pool, capacity, standby, nowWishes, endpoints, nowReturns);
    }

    /// The fall since which it waits for a person to let it back; empty: it does not.
    public Optional<Stamp> waits(RecordType type) {
        return returns.get(type) instanceof Return.Waits(var fall)
                ? Optional.of(fall)
                : Optional.empty();
    }

    /// What percent of its clients it has, where it serves: 100 unless it climbs.
    public int percent(RecordType type) {
        return returns.get(type) instanceof Return.Climbs(int percent) ? percent : 100;
    }

    /// Whether an operator drains it.
    public boolean drained() {
        return wishes.drained().isPresent();
    }

    public boolean has(RecordType type) {
        return pool.has(type);
    }

    public List<Measured> endpoints(RecordType type) {
        return endpoints.stream().filter(measured -> measured.isOf(type)).toList();
    }

    /// How many endpoints of a type have this health.
    public int count(RecordType type, Health health) {
        int count = 0;
        for (Measured measured : endpoints) {
            if (measured.health() == health && measured.isOf(type)) count++;
        }
        return count;
    }

    /// How many endpoints of a type must be up: `min-up` of them, and always one.
    public int needed(RecordType type) {
        int all = 0;
        for (Measured measured : endpoints) if (measured.isOf(type)) all++;
        return Math.max(1, Math.ceilDiv(pool.minUp() * all, 100));
    }

    /// The pool's health for a type. An endpoint that is unknown does not count against `min-up`:
    /// adding one must not move a region's traffic away.
    ///
    /// | endpoints up | up or unknown | health |
    /// |---|---|---|
    /// | one or more | as many as needed | up |
    /// | none | as many as needed | unknown |
    /// | any | fewer | down |
    public Health health(RecordType type) {
        int up = count(type, Health.UP);
        if (up + count(type, Health.UNKNOWN) < needed(type)) return Health.DOWN;
        return up > 0 ? Health.UP : Health.UNKNOWN;
    }

    /// Below `min-up`, yet with something that is up.
    public boolean isPartlyUp(RecordType type) {
        return isMixed() && health(type) == Health.DOWN && count(type, Health.UP) > 0;
    }

    /// Whether its endpoints are not all of one health: mostly they are.
    private boolean isMixed() {
        Health first = endpoints.getFirst().health();
        for (int i = 1; i < endpoints.size(); i++)
            if (endpoints.get(i).health() != first) return true;
        return false;
    }

    /// What an answer from this pool draws from: what is up; else what is unknown; else all.
    public List<Endpoint> serving(RecordType type) {
        for (Health health : List.of(Health.UP, Health.UNKNOWN)) {
            if (count(type, health) > 0) return endpoints(type, health);
        }
        return all(type);
    }

    public List<Endpoint> all(RecordType type) {
        var found = new ArrayList<Endpoint>(endpoints.size());
        for (Measured measured : endpoints) {
            if (measured.isOf(type)) found.add(measured.endpoint());
        }
        return List.copyOf(found);
    }

    /// The newest stamp by which an endpoint of this type went down.
    public Optional<Stamp> wentDown(RecordType type) {
        return downs(type).max(Stamp::compareTo);
    }

    /// The stamp by which this pool came to be down for a type; what goes down after that moves it
    /// no more. Empty where the pool is not down.
    public Optional<Stamp> fell(RecordType type) {
        int spare = endpoints(type).size() - needed(type);
        return downs(type).sorted().skip(spare).findFirst();
    }

    /// Whether a person let go what fell at this stamp.
    boolean isConfirmed(Stamp fell) {
        return wishes.confirmed().filter(until -> fell.compareTo(until) <= 0).isPresent();
    }

    private Stream<Stamp> downs(RecordType type) {
        return endpoints(type).stream()
                .flatMap(measured -> measured.verdict().stream())
                .filter(verdict -> verdict.health() == Health.DOWN)
                .map(Verdict::stamp);
    }

    private List<Endpoint> endpoints(RecordType type, Health health) {
        var found = new ArrayList<Endpoint>(endpoints.size());
        for (Measured measured : endpoints) {
            if (measured.health() == health && measured.isOf(type)) found.add(measured.endpoint());
        }
        return List.copyOf(found);
    }
}
