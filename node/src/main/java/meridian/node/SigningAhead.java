package meridian.node;

import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import meridian.cluster.Ledger;
import meridian.dns.ready.Ahead;
import meridian.dns.ready.Edition;
import meridian.dns.ready.Serving;
import meridian.dns.transport.Niceness;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that signs what may be answered next, whenever something else is answered. Answers go
/// first.
final class SigningAhead implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SigningAhead.class);

    private final Semaphore news = new Semaphore(0);
    private volatile boolean closed;

    /// Signs what this is answered with as soon as it serves, and waits for that: the keeper's
    /// thread, which would sign it, publishes nothing that turns meanwhile.
    static void prepare(Serving next, Ledger ledger, Instant now) {
        attempt(() -> Ahead.prepare(next, ledger.tally().verdicts(), ledger.intents(), now));
    }

    void start(Supplier<Edition> newest) {
        Niceness.start("signing-ahead", () -> keepSigning(newest));
    }

    /// Another edition is there.
    void wake() {
        news.release();
    }

    @Override
    public void close() {
        closed = true;
        wake();
    }

    private void keepSigning(Supplier<Edition> newest) {
        while (!closed) {
            news.acquireUninterruptibly();
            news.drainPermits();
            attempt(() -> Ahead.sign(newest));
        }
    }

    private static void attempt(Runnable signing) {
        try {
            signing.run();
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            LOG.error("signing ahead met a defect; what changes is signed when it is published", e);
        }
    }
}
