package meridian.dns.ready;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import meridian.dns.Snapshot;
import meridian.health.Tally;
import meridian.intent.Intents;
import meridian.record.DomainName;
import meridian.record.RRset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that publishes snapshots. It steps when it is woken and once a second whether or
/// not anything happened: silence ages votes, and drains end.
public final class KeeperThread implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeeperThread.class);
    private static final Duration REST = Duration.ofSeconds(1);

    /// Between the beginnings of two steps, at least.
    static final Duration BURST = Duration.ofMillis(5);

    /// What a step is made of, fetched anew for each.
    ///
    /// @param tally counts what was heard as it is told to, keeps the outcome and gives it
    public record Sources(
            Function<UnaryOperator<Tally>, Tally> tally,
            Supplier<Intents> intents,
            Supplier<Moment> clock) {}

    private final SnapshotKeeper keeper;
    private final Sources sources;
    private final Consumer<SnapshotKeeper.Step> onStep;
    private final Semaphore news = new Semaphore(0);
    private final AtomicReference<Optional<Serving>> wanted =
            new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<Map<DomainName, RRset>>> soas =
            new AtomicReference<>(Optional.empty());
    private final Thread thread =
            Thread.ofPlatform().name("snapshot-keeper").daemon().unstarted(this::keep);

    /// When the last step began; of the keeper's thread alone, once that runs.
    private long begun;

    private volatile Edition current;
    private volatile Optional<Throwable> defect = Optional.empty();
    private volatile boolean closed;

    /// Takes the first step at once, in the thread that asks: a server has something to answer
    /// before it listens.
    ///
    /// @param onStep told of each step that changed something, on the keeper's thread
    public KeeperThread(
            SnapshotKeeper keeper, Sources sources, Consumer<SnapshotKeeper.Step> onStep) {
        this.keeper = keeper;
        this.sources = sources;
        this.onStep = onStep;
        SnapshotKeeper.Step first = takeStep();
        this.current = first.edition();
        onStep.accept(first);
    }

    /// Publishes what it was told until now, in the thread that asks, and goes on by itself.
    public void start() {
        publish();
        thread.start();
    }

    /// The snapshot of this moment: one volatile read.
    public Snapshot snapshot() {
        return current.snapshot();
    }

    public Edition edition() {
        return current;
    }

    /// Why the last step failed, if it did: then nothing that turned since is in the edition.
    public Optional<Throwable> defect() {
        return defect;
    }

    /// Something was heard, or asked for.
    public void wake() {
        news.release();
    }

    /// Serves something else from the next step on, which is taken at once.
    public void serve(Serving serving) {
        wanted.set(Optional.of(serving));
        wake();
    }

    /// Shows these SOAs of zones whose serial moves, from the next step on.
    public void show(Map<DomainName, RRset> next) {
        soas.set(Optional.of(next));
        wake();
    }

    @Override
    public void close() {
        closed = true;
        wake();
    }

    private void keep() {
        while (!closed) {
            try {
                rest();
                publish();
                defect = Optional.empty();
            } catch (InterruptedException _) {
                closed = true;
            } catch (OutOfMemoryError e) {
                // A node without memory is to end, and not to limp.
                throw e;
            } catch (RuntimeException | Error e) {
                // What was published stays: an old answer is better than none.
                LOG.error("A snapshot could not be made; the one before it serves on", e);
                defect = Optional.of(e);
            }
        }
    }

    /// A burst of news makes few steps: the first is taken at once, and what comes while it is
    /// taken or shortly after it waits for the next. Where a region falls, the reports of all
    /// vantages on all that was in it come within some ms.
    private void rest() throws InterruptedException {
        if (!news.tryAcquire(REST.toMillis(), TimeUnit.MILLISECONDS)) return;
        TimeUnit.NANOSECONDS.sleep(begun + BURST.toNanos() - sources.clock().get().nanos());
        news.drainPermits();
    }

    private void publish() {
        wanted.getAndSet(Optional.empty()).ifPresent(keeper::serve);
        soas.getAndSet(Optional.empty()).ifPresent(keeper::show);
        SnapshotKeeper.Step step = takeStep();
        boolean changed = step.edition().number() != current.number();
        current = step.edition();
        if (changed) onStep.accept(step);
    }

    private SnapshotKeeper.Step takeStep() {
        Moment now = sources.clock().get();
        begun = now.nanos();
        Intents intents = sources.intents().get();
        Tally counted = sources.tally().apply(keeper.counting(intents, now));
        return keeper.step(counted, intents, now);
    }
}
