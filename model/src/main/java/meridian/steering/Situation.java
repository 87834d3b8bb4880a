package meridian.steering;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import meridian.health.Health;
import meridian.record.RecordType;
import meridian.time.Stamp;
import meridian.topology.AllDown;
import meridian.topology.Destination;
import meridian.topology.RegionId;

/// A service as far as steering looks, for one type: which of its regions are good for what, and
/// nothing of what is in them. So thousands of services are in a few situations, and what each
/// client gets is decided once for all that are in the same.
///
/// @param standings of the pools that have the type, in the order of the configuration
/// @param otherwise what is done where nothing is eligible
public record Situation(List<Standing> standings, Otherwise otherwise) {

    /// The kinds of `all-down`, as far as they have anything of the type.
    enum Otherwise {
        FAIL_OPEN,
        LAST_GOOD,
        FALLBACK,
        NO_DATA
    }

    public Situation {
        standings = List.copyOf(standings);
    }

    public static Situation of(ServiceState state, RecordType type) {
        Otherwise otherwise = otherwise(state.service().allDown(), type);
        Set<RegionId> held = Guard.held(state, type);
        var standings = new ArrayList<Standing>(state.pools().size());
        for (PoolState pool : state.pools()) {
            if (!pool.has(type)) continue;
            RegionId region = pool.pool().region();
            standings.add(
                    new Standing(
                            region,
                            pool.standby(),
                            pool.drained(),
                            pool.waits(type).isPresent(),
                            held.contains(region) ? Health.UP : pool.health(type),
                            pool.percent(type),
                            otherwise == Otherwise.LAST_GOOD ? fellBefore(state, pool, type) : 0));
        }
        return new Situation(standings, otherwise);
    }

    /// The regions that have a pool, in the order of the configuration.
    public List<RegionId> regions() {
        return standings.stream().map(Standing::region).toList();
    }

    Optional<Standing> standing(RegionId region) {
        return standings.stream().filter(standing -> standing.region().equals(region)).findFirst();
    }

    private static Otherwise otherwise(AllDown allDown, RecordType type) {
        return switch (allDown) {
            case AllDown.FailOpen() -> Otherwise.FAIL_OPEN;
            case AllDown.LastGood() -> Otherwise.LAST_GOOD;
            case AllDown.NoData() -> Otherwise.NO_DATA;
            case AllDown.Addresses _, AllDown.Alias _ ->
                    fallback(allDown, type).isEmpty() ? Otherwise.NO_DATA : Otherwise.FALLBACK;
        };
    }

    /// Whether a client may get nothing of a type that the service has.
    public static boolean mayBeNothing(AllDown allDown, RecordType type) {
        return otherwise(allDown, type) == Otherwise.NO_DATA;
    }

    /// What a service keeps of a type for when nothing is eligible.
    static List<Destination> fallback(AllDown allDown, RecordType type) {
        List<Destination> kept =
                switch (allDown) {
                    case AllDown.Addresses(var addresses) ->
                            addresses.stream().<Destination>map(Destination.Address::new).toList();
                    case AllDown.Alias(var name) -> List.of(new Destination.Alias(name));
                    case AllDown.FailOpen _, AllDown.LastGood _, AllDown.NoData _ -> List.of();
                };
        return kept.stream().filter(destination -> destination.type().equals(type)).toList();
    }

    /// How many fell before a pool did; one that never fell is before all.
    private static int fellBefore(ServiceState state, PoolState pool, RecordType type) {
        Optional<Stamp> fall = pool.wentDown(type);
        if (fall.isEmpty()) return 0;
        int before = 0;
        for (PoolState other : state.pools()) {
            if (!other.has(type)) continue;
            Optional<Stamp> otherFall = other.wentDown(type);
            if (otherFall.isEmpty() || otherFall.get().compareTo(fall.get()) < 0) before++;
        }
        return before;
    }
}
