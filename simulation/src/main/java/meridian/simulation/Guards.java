package meridian.simulation;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import meridian.steering.Breach;
import meridian.steering.Guard.HeldRemoval;
import meridian.steering.ServiceState;
import meridian.time.Stamp;
import meridian.topology.RegionId;
import meridian.topology.Service;

/// Whether the guard holds what it must, and lets operators drain what it may: by the limits of
/// [Custody], and by what a node knew at that moment.
final class Guards {

    private final Members members;
    private final Inspector.Complaints complaints;

    Guards(Members members, Inspector.Complaints complaints) {
        this.members = members;
        this.complaints = complaints;
    }

    /// A process has published, and says what it holds in service.
    ///
    /// @param pools of `service`, as the process knows them
    void published(SimulatedNode process, Service service, List<PoolView> pools) {
        Set<RegionId> right =
                pools.stream()
                        .filter(PoolView::held)
                        .map(PoolView::region)
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<RegionId> held =
                state(process, service)
                        .map(state -> process.parts().held(state))
                        .orElse(List.of())
                        .stream()
                        .map(HeldRemoval::region)
                        .collect(Collectors.toCollection(TreeSet::new));
        if (held.equals(right)) return;
        complaints.broken(
                Invariant.GUARD,
                process.self()
                        + " holds "
                        + held
                        + " of "
                        + service.id()
                        + " in service; the guard's limits ask for "
                        + right);
    }

    private static Optional<ServiceState> state(SimulatedNode process, Service service) {
        return process.edition().states().stream()
                .filter(state -> state.service().id().equals(service.id()))
                .findFirst();
    }

    /// The guard was asked whether a region may be drained.
    ///
    /// @param at the stamp of that drain
    /// @param breaches what it said
    void asked(
            SimulatedNode process,
            List<Service> concerned,
            RegionId region,
            Stamp at,
            List<Breach> breaches) {
        boolean mayBe =
                concerned.stream()
                        .allMatch(
                                service ->
                                        new Custody(
                                                        PoolView.of(process, service, members),
                                                        service.guard())
                                                .lets(region, at));
        if (mayBe == breaches.isEmpty()) return;
        complaints.broken(
                Invariant.GUARD,
                process.self()
                        + (mayBe ? " refuses" : " lets")
                        + " a drain of "
                        + region
                        + " for "
                        + concerned.stream().map(Service::id).toList()
                        + ": "
                        + breaches);
    }
}
