package meridian.checker;

import java.net.InetAddress;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import meridian.checker.probe.Probe;
import meridian.health.Health;
import meridian.health.Opinion;
import meridian.health.ProbeResult;
import meridian.time.HybridTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The virtual thread of one watch, and the watch as it now stands.
final class Watcher {

    /// What all watchers of a checker share.
    ///
    /// @param turned told after an opinion turned, on the thread of its watch
    /// @param noticed told of each first result of a run too, before the turn that it may be
    record Surroundings(
            Pauses pauses,
            Supplier<HybridTime> stamps,
            Ledger ledger,
            WatchLog log,
            Runnable turned,
            Consumer<Notice> noticed) {}

    static final Logger LOG = LoggerFactory.getLogger(Watcher.class);

    private final Target target;
    private final Probe probe;
    private final Surroundings around;
    private final Thread thread;
    private volatile Watch watch;
    private volatile boolean stopped;

    Watcher(Target target, Probe probe, long draw, Surroundings around) {
        this.target = target;
        this.probe = probe;
        this.around = around;
        long now = around.pauses().now();
        Watch begun = Watch.begun(target.monitor(), around.stamps().get(), now);
        this.watch = begun;
        this.thread =
                Thread.ofVirtual()
                        .name("watch " + target.address().getHostAddress())
                        .unstarted(() -> keepWatching(begun.firstDue(now, draw)));
    }

    void start() {
        thread.start();
    }

    /// Ends the attempt under way too; nothing it may still say is heard.
    void stop() {
        stopped = true;
        thread.interrupt();
    }

    Opinion opinion() {
        return watch.opinion(around.pauses().now());
    }

    boolean isHeldOut() {
        return watch.isHeldOut(around.pauses().now());
    }

    /// Forgets how often it went down, if it looks at `address`.
    void pardon(InetAddress address) {
        if (target.address().equals(address)) become(Watch::pardoned);
    }

    private void keepWatching(long firstDue) {
        try {
            for (long due = firstDue; !stopped; due = next(due)) {
                around.pauses().until(due);
                // A stop and a due time that fall together may wake the pause without its
                // interrupt.
                if (!stopped) watchOnce(due);
            }
        } catch (InterruptedException _) {
            // stopped
        }
    }

    /// A defect of ours must not end the watch for good, nor count against the endpoint: the
    /// opinion becomes unknown while it lasts. A node without memory is to end.
    private void watchOnce(long due) {
        try {
            around.ledger().began(around.pauses().now() - due);
            ProbeResult result = probe.attempt();
            if (!stopped) observe(result);
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            around.log().defect(target, e, around.pauses().now());
        }
    }

    private void observe(ProbeResult result) {
        around.ledger().ended(result);
        long now = around.pauses().now();
        if (result instanceof ProbeResult.NotMade(var reason))
            around.log().notMade(target, reason, now);
        HybridTime stamp = around.stamps().get();
        Watch earlier = watch;
        Opinion before = earlier.opinion(now);
        Watch later = become(watched -> watched.observe(result, stamp, now));
        Opinion after = later.opinion(now);
        if (later.beginsRun(earlier)) notice(result);
        if (after.health() != before.health()) turn(before, after);
    }

    /// A pardon comes on another thread than results do.
    private synchronized Watch become(UnaryOperator<Watch> step) {
        Watch next = step.apply(watch);
        watch = next;
        return next;
    }

    private void notice(ProbeResult result) {
        switch (result) {
            case ProbeResult.Passed _ -> notice(Notice.What.RESULT, Health.UP, "");
            case ProbeResult.Failed(var _, var why) -> notice(Notice.What.RESULT, Health.DOWN, why);
            case ProbeResult.NotMade _ -> {}
        }
    }

    private void notice(Notice.What what, Health health, String reason) {
        around.noticed().accept(new Notice(what, target.address(), health, reason));
    }

    private void turn(Opinion before, Opinion after) {
        LOG.info(
                "{} ({}) turned from {} to {}{}",
                target.address().getHostAddress(),
                target.monitor().name(),
                before.health(),
                after.health(),
                after.reason().isEmpty() ? "" : ": " + after.reason());
        around.turned().run();
        notice(Notice.What.OPINION, after.health(), after.reason());
    }

    private long next(long due) {
        long now = around.pauses().now();
        around.ledger().skipped(watch.skipped(due, now));
        return watch.nextDue(due, now);
    }
}
