package meridian.steering;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import meridian.record.RecordType;
import meridian.time.Stamp;
import meridian.topology.GuardLimits;
import meridian.topology.GuardLimits.Bounds;
import meridian.topology.GuardLimits.Velocity;
import meridian.topology.RegionId;
import meridian.topology.Service;

/// What may not happen to a service at once, whoever or whatever asks for it.
///
/// | limit | binds drains | binds health |
/// |---|---|---|
/// | `keep-regions` | unless forced | always |
/// | `keep-capacity` | unless forced | where `automation` sets it |
/// | `velocity` | unless forced | where `automation` sets it |
///
/// A region with nothing up counts for nothing, so the guard never pins clients to a dead one; what
/// it *holds* is a region that has fallen below its `min-up` but still serves. Held it is until it
/// recovers, until enough others have come back, or until a person confirms that it may go.
///
/// Pure, and by the stamps of verdicts and intents rather than by any clock: removals are admitted
/// in the order of their stamps, then of their regions, and a window is the time between stamps. So
/// all nodes that know the same hold the same.
public final class Guard {

    private Guard() {}

    /// A region that measured health would take out, and the guard keeps.
    ///
    /// @param fell the stamp by which it fell below its `min-up`
    /// @param breaches what its removal would break
    public record HeldRemoval(RegionId region, Stamp fell, List<Breach> breaches) {

        public HeldRemoval {
            breaches = List.copyOf(breaches);
        }
    }

    /// The regions that are kept in service though measured health would take them out.
    public static Set<RegionId> held(ServiceState state, RecordType type) {
        List<HeldRemoval> held = heldRemovals(state, type);
        if (held.isEmpty()) return Set.of();
        return held.stream().map(HeldRemoval::region).collect(Collectors.toUnmodifiableSet());
    }

    /// The same with their numbers, in the order in which they fell.
    public static List<HeldRemoval> heldRemovals(ServiceState state, RecordType type) {
        return isAnyPartlyUp(state, type) ? Ruling.on(state, type).held() : List.of();
    }

    private static boolean isAnyPartlyUp(ServiceState state, RecordType type) {
        for (PoolState pool : state.pools()) {
            if (pool.isPartlyUp(type)) return true;
        }
        return false;
    }

    /// Why `region` must not be drained for these services; empty where it may be.
    ///
    /// @param at the stamp that the drain would have
    public static List<Breach> breaches(
            Collection<ServiceState> services, RegionId region, Stamp at) {
        var breaches = new ArrayList<Breach>();
        for (ServiceState state : services) {
            for (RecordType type : state.service().types()) {
                breaches.addAll(breaches(state, type, region, at));
            }
        }
        return List.copyOf(breaches);
    }

    /// What health asked for is done first: what it has taken out is not there to be drained, and
    /// what waits for a failback does not take its place. Where that leaves nothing, clients are
    /// sent to what is down or waits, and it is the last of that which a drain must not take.
    private static List<Breach> breaches(
            ServiceState state, RecordType type, RegionId region, Stamp at) {
        Muster inService = Ruling.on(state, type).muster().withoutWaiting(type);
        Muster muster = inService.serving().isEmpty() ? Muster.undrained(state, type) : inService;
        return muster.serving(region)
                .map(pool -> Muster.Departure.of(pool, at))
                .map(
                        departure ->
                                breaches(
                                        muster,
                                        departure,
                                        state.service(),
                                        type,
                                        state.service().guard().drains()))
                .orElse(List.of());
    }

    /// What came of all that health asked for.
    private record Ruling(Muster muster, List<HeldRemoval> held) {

        static Ruling on(ServiceState state, RecordType type) {
            Muster muster = Muster.of(state, type);
            Bounds bounds = state.service().guard().automation();
            var held = new ArrayList<HeldRemoval>();
            for (PoolState pool : muster.falling(type)) {
                var departure = Muster.Departure.of(pool, pool.fell(type).orElseThrow());
                var breaches = breaches(muster, departure, state.service(), type, bounds);
                if (breaches.isEmpty()) muster = muster.after(departure);
                else held.add(new HeldRemoval(departure.region(), departure.at(), breaches));
            }
            return new Ruling(muster, held);
        }
    }

    private static List<Breach> breaches(
            Muster before,
            Muster.Departure departure,
            Service service,
            RecordType type,
            Bounds bounds) {
        Muster after = before.after(departure);
        var breaches = new ArrayList<Breach>();
        keptRegions(after, service, type).ifPresent(breaches::add);
        keptCapacity(after, service, type, bounds).ifPresent(breaches::add);
        bounds.velocity()
                .ifPresent(
                        velocity -> {
                            var left = after.within(velocity.per(), departure);
                            leavingRegions(left, service, type, velocity).ifPresent(breaches::add);
                            leavingCapacity(left, after, service, type, velocity)
                                    .ifPresent(breaches::add);
                        });
        return breaches;
    }

    private static Optional<Breach> keptRegions(Muster after, Service service, RecordType type) {
        GuardLimits limits = service.guard();
        int left = after.serving().size();
        if (left >= limits.keepRegions()) return Optional.empty();
        return Optional.of(
                new Breach(
                        service.id(),
                        type,
                        Breach.Limit.KEEP_REGIONS,
                        left,
                        limits.keepRegions(),
                        Optional.empty()));
    }

    private static Optional<Breach> keptCapacity(
            Muster after, Service service, RecordType type, Bounds bounds) {
        long kept = after.servingCapacity() * 100;
        if (kept >= bounds.keepCapacity() * after.capacity()) return Optional.empty();
        return Optional.of(
                new Breach(
                        service.id(),
                        type,
                        Breach.Limit.KEEP_CAPACITY,
                        (int) (kept / after.capacity()),
                        bounds.keepCapacity(),
                        Optional.empty()));
    }

    private static Optional<Breach> leavingRegions(
            List<Muster.Departure> left, Service service, RecordType type, Velocity velocity) {
        if (left.size() <= velocity.regions()) return Optional.empty();
        return Optional.of(
                new Breach(
                        service.id(),
                        type,
                        Breach.Limit.VELOCITY_REGIONS,
                        left.size(),
                        velocity.regions(),
                        Optional.of(velocity.per())));
    }

    private static Optional<Breach> leavingCapacity(
            List<Muster.Departure> left,
            Muster after,
            Service service,
            RecordType type,
            Velocity velocity) {
        long lost = Muster.capacity(left) * 100;
        if (lost <= velocity.capacity() * after.capacity()) return Optional.empty();
        return Optional.of(
                new Breach(
                        service.id(),
                        type,
                        Breach.Limit.VELOCITY_CAPACITY,
                        (int) Math.ceilDiv(lost, after.capacity()),
                        velocity.capacity(),
                        Optional.of(velocity.per())));
    }
}
