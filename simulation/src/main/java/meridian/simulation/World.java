package meridian.simulation;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import meridian.health.ProbeResult;
import meridian.simulation.Fault.Flapping;
import meridian.simulation.Fault.Lie;

/// What is true of the endpoints, and what checkers get to see of it.
final class World {

    private static final ProbeResult PASSED = new ProbeResult.Passed(Duration.ofMillis(20));
    private static final ProbeResult FAILED =
            new ProbeResult.Failed(ProbeResult.Kind.CONNECTION, "connection refused");
    private static final ProbeResult NOT_MADE = new ProbeResult.NotMade("too many open files");

    private final Scenario scenario;
    private final Agenda agenda;
    private final int[] down;
    private final List<Flapping> flapping = new ArrayList<>();
    private final List<Lie> lies = new ArrayList<>();
    private final int[] withoutProbes;
    private final int[] withoutNetwork;
    private final List<Machine> machines;
    private final Links links;
    private final Map<InetSocketAddress, Integer> listeners = new HashMap<>();

    World(Scenario scenario, Agenda agenda, List<Machine> machines, Links links) {
        this.scenario = scenario;
        this.agenda = agenda;
        this.machines = machines;
        this.links = links;
        for (Machine machine : machines)
            machine.node().dns().forEach(dns -> listeners.put(dns, machine.index()));
        this.down = new int[scenario.targets().size()];
        this.withoutProbes = new int[scenario.nodes().size()];
        this.withoutNetwork = new int[scenario.nodes().size()];
    }

    void endpoint(int endpoint, boolean begins) {
        down[endpoint] += begins ? 1 : -1;
    }

    void region(int region, boolean begins) {
        for (int i = 0; i < down.length; i++) {
            if (scenario.target(i).region().equals(scenario.region(region))) endpoint(i, begins);
        }
    }

    void firstOfRegion(int region, boolean begins) {
        for (int i = 0; i < down.length; i++) {
            Scenario.Target target = scenario.target(i);
            byte[] octets = target.address().getAddress();
            boolean isFirst = octets[octets.length - 1] == 1;
            if (isFirst && target.region().equals(scenario.region(region))) endpoint(i, begins);
        }
    }

    void flapping(Flapping fault, boolean begins) {
        boolean _ = begins ? flapping.add(fault) : flapping.remove(fault);
    }

    void lie(Lie fault, boolean begins) {
        boolean _ = begins ? lies.add(fault) : lies.remove(fault);
    }

    void noProbes(int node, boolean begins) {
        withoutProbes[node] += begins ? 1 : -1;
    }

    void noNetwork(int node, boolean begins) {
        withoutNetwork[node] += begins ? 1 : -1;
    }

    boolean isUp(int endpoint) {
        if (down[endpoint] > 0) return false;
        for (Flapping fault : flapping) {
            boolean isOff = (agenda.now() - fault.at()) / fault.period() % 2 == 0;
            if (fault.endpoint() == endpoint && isOff) return false;
        }
        return true;
    }

    /// What the checker of `node` gets to see of an endpoint now.
    ProbeResult probe(int node, int endpoint) {
        if (withoutProbes[node] > 0) return NOT_MADE;
        if (withoutNetwork[node] > 0) return FAILED;
        boolean seen = isUp(endpoint);
        for (Lie lie : lies) {
            if (lie.node() == node) seen = told(lie.tongue(), seen);
        }
        return seen ? PASSED : FAILED;
    }

    /// What the self-test of `node` gets to see of a reference now.
    ProbeResult reach(int node, InetSocketAddress reference) {
        if (withoutProbes[node] > 0) return NOT_MADE;
        if (withoutNetwork[node] > 0) return FAILED;
        return Optional.ofNullable(listeners.get(reference))
                        .map(at -> connects(node, at))
                        .orElse(true)
                ? PASSED
                : FAILED;
    }

    private boolean connects(int node, int other) {
        return machines.get(other).process().isPresent()
                && withoutNetwork[other] == 0
                && !links.isCut(node, other)
                && !links.isCut(other, node);
    }

    private static boolean told(Fault.Tongue tongue, boolean seen) {
        return switch (tongue) {
            case ALL_DOWN -> false;
            case ALL_UP -> true;
            case OPPOSITE -> !seen;
        };
    }
}
