package meridian.checker;

import java.time.Duration;
import meridian.health.Health;
import meridian.health.Opinion;
import meridian.health.ProbeResult;
import meridian.health.Standing;
import meridian.health.Unrest;
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
/// @param passing when the first of the last run of passes was completed
/// @param unrest how often it went down of late
public record Watch(
        Monitor monitor,
        Standing standing,
        HybridTime since,
        long seen,
        long passing,
        Unrest unrest) {

    /// Intervals without a completed probe after which an opinion is no longer one.
    private static final int STALLED_AFTER = 3;

    /// Watches are due together at the ticks of one clock, and not each at a moment of its own:
    /// going to sleep and waking is most of what a probe costs beyond the kernel's TCP, and a
    /// processor that is awake starts twenty probes for the price of one waking. At 2,000 probes a
    /// second this saves a third of the CPU; the last of twenty begins 2 ms late.
    private static final long TICK = Duration.ofMillis(10).toNanos();

    public static Watch begun(Monitor monitor, HybridTime time, long now) {
        return new Watch(monitor, Standing.UNKNOWN, time, now, now, Unrest.NONE);
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
    /// lean on. What is down stays so, though it passes, for its hold and while it is held out.
    ///
    /// @param time the stamp, should the opinion turn
    public Watch observe(ProbeResult result, HybridTime time, long now) {
        if (result instanceof ProbeResult.NotMade) return this;
        Standing before = isStalled(now) ? Standing.UNKNOWN : standing;
        Standing next = before.after(result, monitor.thresholds());
        long passes = before.run() > 0 ? passing : now;
        if (comesBack(before, next) && !wait(passes, now).isZero()) next = next.stillDown(before);
        boolean turned = next.health() != standing.health();
        boolean fell = turned && next.health() == Health.DOWN && standing.health() == Health.UP;
        return new Watch(
                monitor, next, turned ? time : since, now, passes, fell ? restless(now) : unrest);
    }

    /// The same, with its turns forgotten.
    public Watch pardoned() {
        return new Watch(monitor, standing, since, seen, passing, Unrest.NONE);
    }

    /// Whether it would be up, had it not gone down so often.
    public boolean isHeldOut(long now) {
        return passesAgain() && !unrest.left(now).isZero();
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
            case DOWN -> new Opinion(Health.DOWN, since, whyDown(now), heldOut(now));
            case UNKNOWN -> new Opinion(Health.UNKNOWN, since, undecided());
        };
    }

    private static boolean comesBack(Standing before, Standing next) {
        return before.health() == Health.DOWN && next.health() == Health.UP;
    }

    /// How much longer what passes since `passes` must wait.
    private Duration wait(long passes, long now) {
        Duration held = unrest.left(now);
        Duration hold = Duration.ofNanos(Math.max(0, monitor.hold().toNanos() - (now - passes)));
        return held.compareTo(hold) >= 0 ? held : hold;
    }

    private Unrest restless(long now) {
        return monitor.damping().map(damping -> unrest.wentDown(damping, now)).orElse(unrest);
    }

    private boolean passesAgain() {
        return standing.health() == Health.DOWN && standing.run() == monitor.thresholds().rise();
    }

    /// In whole seconds: a report that says something else at each beat is none the better for it.
    private Duration heldOut(long now) {
        return isHeldOut(now) ? Duration.ofSeconds(seconds(unrest.left(now))) : Duration.ZERO;
    }

    private String whyDown(long now) {
        if (!passesAgain()) return standing.reason();
        Duration wait = wait(passing, now);
        if (wait.isZero()) return "passes again; up with the next pass";
        if (unrest.left(now).compareTo(wait) < 0)
            return "passes again; " + seconds(wait) + " s more of its hold";
        return "held out for "
                + seconds(wait)
                + " s more: went down "
                + Math.round(unrest.turns())
                + " times of late";
    }

    private static long seconds(Duration wait) {
        return Math.ceilDiv(wait.toMillis(), 1000L);
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
