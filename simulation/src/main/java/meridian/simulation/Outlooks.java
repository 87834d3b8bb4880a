package meridian.simulation;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import meridian.health.Health;
import meridian.health.ProbeResult;
import meridian.topology.SelfTest;

/// What each checker has seen with its own probes of the references of its self-test, and whether
/// it abstains by that.
final class Outlooks {

    private final Inspector.Complaints complaints;

    /// By node.
    private final List<Map<InetSocketAddress, Seen>> seen = new ArrayList<>();

    /// Of one reference. Moments are readings of that checker's monotonic clock.
    private static final class Seen {
        private Health health = Health.UNKNOWN;
        private int run;
        private long probed;

        Seen(long now) {
            probed = now;
        }

        void counts(boolean passed, SelfTest test) {
            run = passed ? Math.max(run, 0) + 1 : Math.min(run, 0) - 1;
            if (run >= test.thresholds().rise()) health = Health.UP;
            if (-run >= test.thresholds().fall()) health = Health.DOWN;
        }

        boolean isStalled(SelfTest test, long now) {
            return now - probed > 3 * test.interval().toNanos() + test.timeout().toNanos();
        }
    }

    Outlooks(Scenario scenario, Inspector.Complaints complaints) {
        this.complaints = complaints;
        scenario.nodes().forEach(_ -> seen.add(new HashMap<>()));
    }

    /// It begins to probe a reference.
    void refersTo(Machine machine, InetSocketAddress reference) {
        seen.get(machine.index()).put(reference, new Seen(machine.clocks().nanos()));
    }

    void reached(Machine machine, InetSocketAddress reference, SelfTest test, ProbeResult result) {
        if (result instanceof ProbeResult.NotMade) return;
        long now = machine.clocks().nanos();
        Seen before = of(machine, reference);
        Seen its = before.isStalled(test, now) ? new Seen(now) : before;
        its.probed = now;
        its.counts(result instanceof ProbeResult.Passed, test);
        seen.get(machine.index()).put(reference, its);
    }

    /// It says in its next beat whether it abstains.
    void says(SimulatedNode process, boolean abstains) {
        SelfTest test = test(process);
        Set<Health> healths = EnumSet.noneOf(Health.class);
        for (InetSocketAddress reference : test.references()) {
            Seen its = of(process.machine(), reference);
            healths.add(its.isStalled(test, process.nanos()) ? Health.UNKNOWN : its.health);
        }
        boolean isBlind = healths.contains(Health.DOWN) && !healths.contains(Health.UP);
        if (isBlind == abstains) return;
        complaints.broken(
                Invariant.ABSTAINS,
                process.self()
                        + (abstains ? " abstains" : " does not abstain")
                        + "; of its references it sees "
                        + healths);
    }

    static SelfTest test(SimulatedNode process) {
        return process.settings().selfTests().get(process.machine().index());
    }

    private Seen of(Machine machine, InetSocketAddress reference) {
        return seen.get(machine.index())
                .computeIfAbsent(reference, _ -> new Seen(machine.clocks().nanos()));
    }
}
