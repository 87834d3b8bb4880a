package meridian.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import meridian.topology.NodeId;
import meridian.topology.RegionId;
import meridian.topology.Service;
import meridian.topology.ServiceId;

/// How far regions have climbed on each process, since it saw them come back.
final class Ascents {

    private static final int[] STEPS = {10, 25, 50, 75};

    private final Views views;
    private final Map<NodeId, Climbers> climbers = new HashMap<>();

    private record Way(ServiceId service, RegionId region) {}

    /// What one process has seen.
    private static final class Climbers {
        private final Map<Way, Long> climbed = new HashMap<>();
        private Set<Way> out = Set.of();
        private long last;

        /// Of its [Views], when it was last looked at.
        private long version = -1;
    }

    Ascents(Views views) {
        this.views = views;
    }

    /// What is up when a process starts has not come back.
    void started(SimulatedNode process) {
        climbers.put(process.self(), new Climbers());
    }

    /// It has counted, and is about to publish what comes of that.
    void stepped(SimulatedNode process) {
        Climbers its = of(process);
        boolean isFrozen = process.ledger().intents().freeze(process.wall()).isPresent();
        long passed = isFrozen ? 0 : process.nanos() - its.last;
        its.climbed.replaceAll((_, before) -> before + passed);
        its.last = process.nanos();
        long version = views.version(process);
        if (version == its.version) return;
        its.version = version;
        var out = new HashSet<Way>();
        for (Service service : process.serving().topology().services().values()) {
            if (service.comeback().ramp().isPositive()) look(process, service, its, out);
        }
        its.out = out;
    }

    private void look(SimulatedNode process, Service service, Climbers its, Set<Way> out) {
        for (PoolView pool : views.of(process, service)) {
            var way = new Way(service.id(), pool.region());
            if (pool.isOut()) {
                out.add(way);
                its.climbed.remove(way);
            } else if (its.out.contains(way)) its.climbed.put(way, 0L);
        }
    }

    /// The pools of a service, each with the part of its clients that it has.
    List<PoolView> climbing(SimulatedNode process, Service service, List<PoolView> pools) {
        long ramp = service.comeback().ramp().toNanos();
        Map<Way, Long> climbed = of(process).climbed;
        return pools.stream()
                .map(
                        pool -> {
                            Long so = climbed.get(new Way(service.id(), pool.region()));
                            return so == null || so >= ramp
                                    ? pool
                                    : pool.climbing(STEPS[(int) (so * STEPS.length / ramp)]);
                        })
                .toList();
    }

    private Climbers of(SimulatedNode process) {
        return climbers.computeIfAbsent(process.self(), _ -> new Climbers());
    }
}
