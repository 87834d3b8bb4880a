package meridian.simulation;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Map;
import meridian.health.Health;
import meridian.health.Opinion;
import meridian.health.ProbeResult;
import meridian.health.WatchKey;
import meridian.intent.Intents;
import meridian.intent.Pardon;
import meridian.topology.Monitor;

/// What each checker has seen with its own probes, and said of it.
final class Eyes {

    static final long NEVER = Long.MIN_VALUE / 2;

    private final Scenario scenario;
    private final Agenda agenda;
    private final Inspector.Complaints complaints;
    private final Map<WatchKey, Integer> positions;

    /// By node, then by target.
    private final Health[][] seen;

    private final int[][] run;
    private final long[][] probed;
    private final Health[][] said;
    private final long[][] saidSince;
    private final long[][] saidUp;
    private final long[][] saidDown;

    private final int[] turns;

    /// By node: of those that watch.
    private final Patience[] patience;

    private final Intents[] known;

    Eyes(Scenario scenario, Agenda agenda, Inspector.Complaints complaints) {
        this.scenario = scenario;
        this.agenda = agenda;
        this.complaints = complaints;
        this.positions = scenario.positions();
        int nodes = scenario.nodes().size();
        int targets = scenario.targets().size();
        seen = new Health[nodes][];
        said = new Health[nodes][];
        run = new int[nodes][];
        probed = new long[nodes][];
        saidSince = new long[nodes][];
        saidUp = new long[nodes][];
        saidDown = new long[nodes][];
        patience = new Patience[nodes];
        known = new Intents[nodes];
        for (int node = 0; node < nodes; node++) {
            if (scenario.nodes().get(node).isVantage()) prepare(node, targets);
        }
        turns = new int[targets];
    }

    /// A process knows nothing yet of how often anything went down.
    void started(SimulatedNode process) {
        known[process.machine().index()] = Intents.NONE;
    }

    private void prepare(int node, int targets) {
        patience[node] = new Patience(scenario);
        known[node] = Intents.NONE;
        seen[node] = new Health[targets];
        said[node] = new Health[targets];
        Arrays.fill(seen[node], Health.UNKNOWN);
        Arrays.fill(said[node], Health.UNKNOWN);
        run[node] = new int[targets];
        probed[node] = new long[targets];
        saidSince[node] = new long[targets];
        saidUp[node] = new long[targets];
        saidDown[node] = new long[targets];
        Arrays.fill(saidUp[node], NEVER);
        Arrays.fill(saidDown[node], NEVER);
    }

    void watches(Machine machine, int target) {
        seen[machine.index()][target] = Health.UNKNOWN;
        run[machine.index()][target] = 0;
        probed[machine.index()][target] = machine.clocks().nanos();
        patience[machine.index()].begins(target);
    }

    void probed(Machine machine, int target, ProbeResult result) {
        if (result instanceof ProbeResult.NotMade) return;
        int node = machine.index();
        long now = machine.clocks().nanos();
        machine.process().ifPresent(this::learnPardons);
        boolean wasUp = seen[node][target] == Health.UP;
        if (isStalled(machine, target)) forget(node, target);
        probed[node][target] = now;
        count(node, target, result instanceof ProbeResult.Passed, now);
        if (passesAgain(node, target)) rise(node, target, now);
        if (-run[node][target] >= scenario.target(target).monitor().thresholds().fall())
            fall(node, target, wasUp, now);
    }

    private void count(int node, int target, boolean passed, long now) {
        int before = run[node][target];
        run[node][target] = passed ? Math.max(before, 0) + 1 : Math.min(before, 0) - 1;
        if (run[node][target] == 1) patience[node].passes(target, now);
    }

    private boolean passesAgain(int node, int target) {
        return run[node][target] >= scenario.target(target).monitor().thresholds().rise();
    }

    private void rise(int node, int target, long now) {
        boolean isDown = seen[node][target] == Health.DOWN;
        if (!isDown || patience[node].isOver(target, now)) seen[node][target] = Health.UP;
    }

    private void fall(int node, int target, boolean wasUp, long now) {
        seen[node][target] = Health.DOWN;
        if (wasUp) patience[node].fell(target, now);
    }

    /// A pardon that is new to a node is about all falls until then.
    private void learnPardons(SimulatedNode process) {
        int node = process.machine().index();
        Intents now = process.ledger().intents();
        if (now.equals(known[node])) return;
        now.entries()
                .forEach(
                        (id, entry) -> {
                            if (!known[node].entries().containsKey(id)
                                    && entry.intent() instanceof Pardon(_, var address))
                                pardon(node, address);
                        });
        known[node] = now;
    }

    private void pardon(int node, InetAddress address) {
        for (int target = 0; target < scenario.targets().size(); target++) {
            if (scenario.target(target).address().equals(address)) patience[node].pardoned(target);
        }
    }

    /// It says this in its next beat. While it abstains it says nothing of anything.
    void says(SimulatedNode process, Map<WatchKey, Opinion> opinions, boolean abstains) {
        opinions.forEach(
                (key, opinion) -> {
                    int target = position(key);
                    check(process, target, opinion.health());
                    note(
                            process.machine().index(),
                            target,
                            abstains ? Health.UNKNOWN : opinion.health());
                });
    }

    private void check(SimulatedNode process, int target, Health health) {
        int node = process.machine().index();
        Health own = isStalled(process.machine(), target) ? Health.UNKNOWN : seen[node][target];
        boolean isOfPatience = own != Health.UNKNOWN && passesAgain(node, target);
        if (own != health)
            complaints.broken(
                    isOfPatience ? Invariant.DAMPED : Invariant.OWN_EYES,
                    process.self()
                            + " says "
                            + scenario.target(target)
                            + " is "
                            + health
                            + "; its probes show "
                            + own);
    }

    private void note(int node, int target, Health health) {
        if (health == Health.UP) saidUp[node][target] = agenda.now();
        if (health == Health.DOWN) saidDown[node][target] = agenda.now();
        if (said[node][target] == health) return;
        said[node][target] = health;
        saidSince[node][target] = agenda.now();
        turns[target]++;
    }

    /// When the checker of a node last said so.
    long lastSaid(int node, int target, Health health) {
        return health == Health.UP ? saidUp[node][target] : saidDown[node][target];
    }

    /// What the checker of a node last said.
    Health said(int node, int target) {
        return said[node][target];
    }

    long saidSince(int node, int target) {
        return saidSince[node][target];
    }

    /// How often any checker said another thing than before.
    int turns(int target) {
        return turns[target];
    }

    int position(WatchKey key) {
        return positions.getOrDefault(key, -1);
    }

    private void forget(int node, int target) {
        seen[node][target] = Health.UNKNOWN;
        run[node][target] = 0;
    }

    private boolean isStalled(Machine machine, int target) {
        Monitor monitor = scenario.target(target).monitor();
        long patience = 3 * monitor.interval().toNanos() + monitor.timeout().toNanos();
        return machine.clocks().nanos() - probed[machine.index()][target] > patience;
    }
}
