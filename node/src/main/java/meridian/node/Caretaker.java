package meridian.node;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import meridian.cluster.HybridClock;
import meridian.cluster.Ledger;
import meridian.dns.ready.Edition;
import meridian.dns.ready.KeeperThread;
import meridian.health.Tally;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after a node once a second: alarms, what is due, and memory that nobody needs.
final class Caretaker {

    private static final Logger LOG = LoggerFactory.getLogger(Caretaker.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final KeeperThread keeper;
    private final Ledger ledger;
    private final Alarms alarms;
    private final HybridClock clock;
    private final Reloads reloads;
    private final BooleanSupplier isAlone;
    private final Runnable whatIsDue;
    private final Supplier<List<Alarms.Condition>> others;
    private final SpareMemory spare = SpareMemory.ofThisProcess();
    private Seen seen = Seen.NOTHING;
    private Optional<Glance> glance = Optional.empty();

    /// @param isAlone looks after what served before, and tells whether none of that is kept
    /// @param whatIsDue looks for it, and starts what takes a while, such as a reload of files that
    ///   changed
    /// @param others looks at what else may be an alarm
    Caretaker(
            KeeperThread keeper,
            Ledger ledger,
            Alarms alarms,
            HybridClock clock,
            Reloads reloads,
            BooleanSupplier isAlone,
            Runnable whatIsDue,
            Supplier<List<Alarms.Condition>> others) {
        this.keeper = keeper;
        this.ledger = ledger;
        this.alarms = alarms;
        this.clock = clock;
        this.reloads = reloads;
        this.isAlone = isAlone;
        this.whatIsDue = whatIsDue;
        this.others = others;
    }

    /// Until what is returned is closed.
    AutoCloseable start() {
        return Thread.ofVirtual().name("looking-after").start(this::run)::interrupt;
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(BETWEEN_LOOKS);
                once(this::look);
            }
        } catch (InterruptedException _) {
            // The node ends.
        }
    }

    /// A defect costs one look: where nobody looks, nothing that changed is read, and no memory
    /// goes back. A node without memory is to end, and not to limp.
    static void once(Runnable look) {
        try {
            look.run();
        } catch (OutOfMemoryError defect) {
            throw defect;
        } catch (RuntimeException | Error defect) {
            LOG.error("looking after this node failed once", defect);
        }
    }

    private void look() {
        whatIsDue.run();
        reloads.settle(System.nanoTime());
        // A collection finds nothing as long as what served before is kept.
        if (isAlone.getAsBoolean()) spare.look(reloads.acceptedCount());
        Edition edition = keeper.edition();
        long nanos = System.nanoTime();
        seen = seen.after(edition, nanos);
        Tally tally = ledger.tally();
        Glance now =
                glance.map(before -> before.next(edition, tally, nanos))
                        .orElseGet(() -> Glance.at(edition, tally, nanos));
        glance = Optional.of(now);
        List<Alarms.Condition> conditions =
                Conditions.of(
                        now,
                        seen,
                        tally,
                        ledger.intents(),
                        ledger.alarms(),
                        reloads.state(),
                        nanos,
                        clock.wall());
        keeper.defect().map(Conditions::unpublished).ifPresent(conditions::add);
        conditions.addAll(others.get());
        alarms.observe(conditions, clock.wall());
    }
}
