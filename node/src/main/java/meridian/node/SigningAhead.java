package meridian.node;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import meridian.dns.ready.Ahead;
import meridian.dns.ready.Edition;
import meridian.dns.transport.Niceness;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that signs what may be answered next, whenever something else is answered. Answers go
/// first.
final class SigningAhead implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SigningAhead.class);

    private final Semaphore news = new Semaphore(0);
    private volatile boolean closed;

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
            sign(newest);
        }
    }

    private static void sign(Supplier<Edition> newest) {
        try {
            Ahead.sign(newest);
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            LOG.error("signing ahead met a defect; what changes is signed when it is published", e);
        }
    }
}
