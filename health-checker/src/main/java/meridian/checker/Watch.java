package meridian.checker;

import java.time.Duration;
import meridian.health.Health;
import meridian.health.Opinion;
import meridian.health.ProbeResult;
import meridian.health.Standing;
import meridian.time.HybridTime;
import meridian.topology.Monitor;

/// One endpoint under one monitor: when to probe it, and what to think of it.
///
/// Moments are readings of a monotonic clock in nanoseconds; only their differences mean anything.
///
/// ```
///   due        due        due        due        due       the grid is fixed when the watch begins
///    |--probe   |--probe---|-probe    |          |--probe
///                                     `- skipped: the checker stood still here
/// ```
///
/// @param since when the opinion last turned
/// @param seen when the last probe was completed, or the watch began
public record Watch(Monitor monitor, Standing standing, HybridTime since, long seen) {

    /// Intervals without a completed probe after which an opinion is no longer one.
    private static final int STALLED_AFTER = 3;

    /// Watches are due together at the ticks of one clock, and not each at a moment of its own:
    /// going to sleep and waking is most of what a probe costs beyond the kernel's TCP, and a
    /// processor that is awake starts twenty probes for the price of one waking. At 2,000 probes a
    /// second this saves a third of the CPU; the last of twenty begins 2 ms late.
    private static final long TICK = Duration.ofMillis(10).toNanos();

    public static Watch begun(Monitor monitor, HybridTime time, long now) {
        return new Watch(monitor, Standing.UNKNOWN, time, now);
    }

    /// The first due time: any tick within one interval, so that watches which begin together do
    /// not probe together.
    public long firstDue(long now, long draw) {
        long nextTick = now + Math.floorMod(-now, TICK);
        return nextTick + TICK * Math.floorMod(draw, interval() / TICK);
    }

    /// The first due time after `due` that is not past. How long a probe takes does not move it;
    /// what a pause made us miss is skipped, because made-up probes of thousands of watches would
    /// come in one burst, and so would probes that start late and together.
    public long nextDue(long due, long now) {
        return due + interval() * (1 + skipped(due, now));
    }

    /// How many due times after `due` are past.
    public long skipped(long due, long now) {
        return Math.max(0, (now - due - 1) / interval());
    }

    /// What is thought after a probe. A stalled watch begins anew: what it thought is too old to
    /// lean on.
    ///
    /// @param time the stamp, should the opinion turn
    public Watch observe(ProbeResult result, HybridTime time, long now) {
        if (result instanceof ProbeResult.NotMade) return this;
        Standing before = isStalled(now) ? Standing.UNKNOWN : standing;
        Standing next = before.after(result, monitor.thresholds());
        boolean turned = next.health() != standing.health();
        return new Watch(monitor, next, turned ? time : since, now);
    }

    /// Whether the result that led here from `earlier` points the other way than the one before it.
    boolean beginsRun(Watch earlier) {
        return Integer.signum(standing.run()) != Integer.signum(earlier.standing.run());
    }

    /// What this vantage thinks. The checker's own stall is not a vote: then it is unknown.
    public Opinion opinion(long now) {
        if (isStalled(now)) return new Opinion(Health.UNKNOWN, since, stall(now));
        return switch (standing.health()) {
            case UP -> new Opinion(Health.UP, since, "");
            case DOWN -> new Opinion(Health.DOWN, since, standing.reason());
            case UNKNOWN -> new Opinion(Health.UNKNOWN, since, undecided());
        };
    }

    private boolean isStalled(long now) {
        return now - seen > STALLED_AFTER * interval() + monitor.timeout().toNanos();
    }

    private String stall(long now) {
        return "no probe was completed for " + Duration.ofNanos(now - seen).toMillis() + " ms";
    }

    private String undecided() {
        return standing.reason().isEmpty() ? "too few probes yet" : standing.reason();
    }

    private long interval() {
        return monitor.interval().toNanos();
    }
}
