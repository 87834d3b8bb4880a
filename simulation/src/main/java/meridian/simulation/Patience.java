package meridian.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import meridian.topology.Damping;
import meridian.topology.Monitor;

/// For how long one checker must hold down what passes again: for its hold, and for going down
/// often. Moments are readings of that checker's monotonic clock.
final class Patience {

    private final Scenario scenario;
    private final Map<Integer, Long> passingSince = new HashMap<>();
    private final Map<Integer, List<Long>> falls = new HashMap<>();

    Patience(Scenario scenario) {
        this.scenario = scenario;
    }

    /// A watch begins, and knows of nothing before.
    void begins(int target) {
        passingSince.remove(target);
        falls.remove(target);
    }

    /// The first pass of a run.
    void passes(int target, long now) {
        passingSince.put(target, now);
    }

    void fell(int target, long now) {
        falls.computeIfAbsent(target, _ -> new ArrayList<>()).add(now);
    }

    void pardoned(int target) {
        falls.remove(target);
    }

    /// Whether what is down and passes may be up.
    boolean isOver(int target, long now) {
        Monitor monitor = scenario.target(target).monitor();
        boolean isHeld = now - passingSince.getOrDefault(target, now) < monitor.hold().toNanos();
        return !isHeld
                && monitor.damping().map(damping -> isCalm(target, damping, now)).orElse(true);
    }

    private boolean isCalm(int target, Damping damping, long now) {
        List<Long> its = falls.getOrDefault(target, List.of());
        if (its.isEmpty()) return true;
        long last = its.getLast();
        double counted = 0;
        double halfLife = damping.halfLife().toNanos();
        for (long fall : its) counted += Math.pow(2, -(double) (last - fall) / halfLife);
        return now - last >= heldOut(damping, counted).toNanos();
    }

    /// None for the free turns; then the first, and twice as long for each one more.
    private static Duration heldOut(Damping damping, double counted) {
        double excess = counted - damping.turns();
        if (excess <= 0) return Duration.ZERO;
        long millis = (long) (Math.pow(2, excess - 1) * (double) damping.first().toMillis());
        Duration doubled = Duration.ofMillis(millis);
        return doubled.compareTo(damping.longest()) < 0 ? doubled : damping.longest();
    }
}
