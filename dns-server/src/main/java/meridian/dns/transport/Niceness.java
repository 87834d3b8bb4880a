package meridian.dns.transport;

import java.lang.foreign.Arena;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Work that can wait, on a core that is also needed for answers: a zone of a million names keeps
/// one busy for seconds when it is read again. Java has priorities of threads, and on Linux does
/// nothing with them.
public final class Niceness {

    private static final Logger LOG = LoggerFactory.getLogger(Niceness.class);

    /// Of 19: a tenth of a core where others want it, and all that they leave.
    private static final int NICE = 10;

    private Niceness() {}

    /// Does some work on a thread of its own that lets others go first, and waits for it. Elsewhere
    /// than on Linux it is as urgent as any.
    ///
    /// What that thread starts is as patient as it is, for good (setpriority(2)): the carriers of
    /// virtual threads too, if the work starts one. So it must not.
    ///
    /// @throws RuntimeException or an Error, as of the work
    public static <T> T whileOthersGoFirst(Supplier<T> work) {
        var task = new FutureTask<>(work::get);
        start("patient", task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) throw error;
            if (e.getCause() instanceof RuntimeException defect) throw defect;
            throw new IllegalStateException("a supplier throws nothing checked", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while others go first", e);
        }
    }

    /// Does work for good, on a thread of which the same holds, and waits for nothing.
    public static Thread start(String name, Runnable work) {
        return Thread.ofPlatform()
                .name(name)
                .daemon()
                .start(
                        () -> {
                            letOthersGoFirst();
                            work.run();
                        });
    }

    private static void letOthersGoFirst() {
        if (!Libc.isHere()) return;
        try (Arena arena = Arena.ofConfined()) {
            int result = Libc.setpriority(Libc.PRIO_PROCESS, 0, NICE, arena.allocate(Libc.ERRNO));
            if (result < 0)
                LOG.warn("a thread stays as urgent as others: {}", Libc.strerror(-result));
        }
    }
}
