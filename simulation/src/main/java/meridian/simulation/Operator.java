package meridian.simulation;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import meridian.intent.Confirmation;
import meridian.intent.Drain;
import meridian.intent.Entry;
import meridian.intent.Failback;
import meridian.intent.Freeze;
import meridian.intent.Intent;
import meridian.intent.Origin;
import meridian.intent.Pardon;
import meridian.intent.Retirement;
import meridian.intent.Scope;
import meridian.steering.Breach;
import meridian.steering.ServiceState;
import meridian.time.Stamp;
import meridian.topology.NodeId;
import meridian.topology.RegionId;
import meridian.topology.Service;
import meridian.topology.ServiceId;

/// Who drains, undrains, fails back, confirms, pardons and freezes, by the steps of the control
/// API.
final class Operator {

    private static final String NAME = "operator";

    /// For so long, what is done once is known.
    private static final long DAY = Duration.ofDays(1).toNanos();

    private final Simulation simulation;
    private final Scenario scenario;
    private int intents;

    Operator(Simulation simulation) {
        this.simulation = simulation;
        this.scenario = simulation.scenario();
    }

    void drain(Fault.DrainBegun wish) {
        at(wish.node()).ifPresent(process -> drain(wish, process));
    }

    void undrain(Fault.DrainEnded wish) {
        RegionId region = scenario.region(wish.region());
        at(wish.node()).ifPresent(process -> undrain(region, process));
    }

    void freeze(Fault.FreezeBegun wish) {
        at(wish.node())
                .ifPresent(process -> begin(process, new Freeze(origin(process, wish.lasting()))));
    }

    void retire(Fault.Retired wish) {
        NodeId vantage = scenario.node(wish.vantage());
        at(wish.node())
                .ifPresent(
                        process ->
                                begin(
                                        process,
                                        new Retirement(origin(process, wish.lasting()), vantage)));
    }

    void failBack(Fault.FailedBack wish) {
        Scope scope = scope(wish.region(), wish.service());
        at(wish.node())
                .ifPresent(process -> begin(process, new Failback(origin(process, DAY), scope)));
    }

    void confirm(Fault.Confirmed wish) {
        Scope scope = scope(wish.region(), wish.service());
        at(wish.node())
                .ifPresent(process -> begin(process, new Confirmation(origin(process, 0), scope)));
    }

    void pardon(Fault.Pardoned wish) {
        InetAddress address = scenario.target(wish.endpoint()).address();
        at(wish.node())
                .ifPresent(process -> begin(process, new Pardon(origin(process, DAY), address)));
    }

    private Optional<SimulatedNode> at(int node) {
        return simulation.machine(node).running();
    }

    private void drain(Fault.DrainBegun wish, SimulatedNode process) {
        Drain drain = drain(process, wish);
        Scope scope = drain.scope();
        List<ServiceState> concerned =
                process.known().stream()
                        .filter(state -> scope.covers(scope.region(), state.service().id()))
                        .toList();
        Stamp at = stamp(process);
        List<Breach> breaches = process.parts().breaches(concerned, scope.region(), at);
        List<Service> services = concerned.stream().map(ServiceState::service).toList();
        simulation.inspector().asked(process, services, scope.region(), at, breaches);
        if (!breaches.isEmpty() && !wish.force()) {
            simulation.story().tell("the guard refuses it: " + breaches.getFirst());
            return;
        }
        begin(process, drain);
    }

    private void undrain(RegionId region, SimulatedNode process) {
        Instant now = process.wall();
        for (Drain drain : process.ledger().intents().drains(now)) {
            if (drain.scope().region().equals(region)) end(process, drain);
        }
    }

    private Drain drain(SimulatedNode process, Fault.DrainBegun wish) {
        Scope scope = scope(wish.region(), wish.service());
        return new Drain(origin(process, wish.lasting()), scope, wish.force());
    }

    /// @param service its position; -1: all services
    private Scope scope(int region, int service) {
        Optional<ServiceId> id =
                service < 0
                        ? Optional.empty()
                        : Optional.of(new ServiceId(scenario.service(service)));
        return new Scope(scenario.region(region), id);
    }

    /// @param lasting in nanoseconds; 0: until it is ended
    private Origin origin(SimulatedNode process, long lasting) {
        Instant now = process.wall();
        Optional<Instant> end =
                lasting == 0 ? Optional.empty() : Optional.of(now.plusNanos(lasting));
        return new Origin("i" + ++intents, NAME, "maintenance", now, end);
    }

    private void begin(SimulatedNode process, Intent intent) {
        put(process, new Entry(intent, Optional.empty(), stamp(process)));
    }

    private void end(SimulatedNode process, Intent intent) {
        Instant now = process.wall();
        var ending = new Entry.Ending(NAME, now);
        put(process, new Entry(intent, Optional.of(ending), stamp(process)));
    }

    private static Stamp stamp(SimulatedNode process) {
        return process.parts().stamp(process.ledger().clock(), process.self());
    }

    private void put(SimulatedNode process, Entry entry) {
        process.machine().alive(() -> write(process, entry));
    }

    private void write(SimulatedNode process, Entry entry) {
        if (process.machine().process().filter(process::equals).isEmpty()) return;
        try {
            process.put(entry);
        } catch (IOException e) {
            simulation.story().tell(process.self() + " could not keep it: " + e.getMessage());
        }
    }
}
