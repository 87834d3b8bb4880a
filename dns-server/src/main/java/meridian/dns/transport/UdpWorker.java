package meridian.dns.transport;

import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import meridian.dns.ResolverAddress;
import meridian.dns.UdpAnswers;

/// One thread and one socket: takes what came, answers it, sends the responses, and waits for
/// nothing but its socket.
///
/// | what happens | what it does |
/// |---|---|
/// | no datagram came for a while, or a signal | looks whether it is to stop |
/// | the socket gives another error | counts it, and goes on |
/// | it gives nothing but errors | begins anew, as after a defect |
/// | a datagram meets a defect of ours | counts it, and has no response for it |
/// | a response cannot be sent | counts it, and sends the next |
/// | a defect that no datagram is to blame for | counts it, and begins anew with fresh memory |
/// | there is no memory | ends, for its process is to end |
final class UdpWorker implements Runnable {

    /// So many errors in a row are no accident.
    private static final int MOST_ERRORS = 100;

    /// Until it begins anew, so that a defect that stays does not take a core.
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Socket socket;
    private final UdpAnswers answers;
    private final UdpCounters counters;
    private final CountDownLatch stop;
    private final ResolverAddress from = new ResolverAddress();
    private int errors;

    /// What a worker needs of its socket.
    ///
    /// @param memory makes what datagrams are taken in
    /// @param receive see [BatchSocket#receive]
    record Socket(
            Function<Arena, DatagramBatch> memory,
            ToIntFunction<DatagramBatch> receive,
            Sender send) {}

    /// See [BatchSocket#send].
    @FunctionalInterface
    interface Sender {
        int from(DatagramBatch batch, int first);
    }

    /// @param stop is at zero when it is to end; what it has read by then it answers
    UdpWorker(Socket socket, UdpAnswers answers, UdpCounters counters, CountDownLatch stop) {
        this.socket = socket;
        this.answers = answers;
        this.counters = counters;
        this.stop = stop;
    }

    @Override
    public void run() {
        while (!isStopped()) {
            try {
                serve();
            } catch (OutOfMemoryError e) {
                throw e;
            } catch (Throwable defect) {
                counters.restart(defect);
                pause();
            }
        }
    }

    private boolean isStopped() {
        return stop.getCount() == 0;
    }

    private void pause() {
        try {
            var _ = stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve() {
        try (Arena arena = Arena.ofConfined()) {
            DatagramBatch batch = socket.memory().apply(arena);
            errors = 0;
            while (!isStopped()) serve(batch);
        }
    }

    private void serve(DatagramBatch batch) {
        int came = socket.receive().applyAsInt(batch);
        if (came < 0) {
            noteError(-came);
            return;
        }
        errors = 0;
        for (int i = 0; i < came; i++) answer(batch, i);
        if (batch.queued() > 0) send(batch);
        batch.reuse(came);
    }

    private void noteError(int errno) {
        if (errno == Libc.EAGAIN || errno == Libc.EINTR) return;
        counters.failed();
        if (++errors == MOST_ERRORS) {
            throw new IllegalStateException(
                    "a socket gives nothing but errors, the last of them " + errno);
        }
    }

    private void answer(DatagramBatch batch, int i) {
        batch.readSender(i, from);
        if (from.port() == 0) {
            // Nothing can be sent there, and to try would split the batch.
            counters.unsent(1);
            return;
        }
        try {
            int length = answers.answer(batch.query(i), from, batch.response());
            if (length > 0) batch.queue(i, length);
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable defect) {
            counters.defect(defect);
        }
    }

    /// The kernel stops at the first message that it cannot send; that one is skipped.
    private void send(DatagramBatch batch) {
        int from = 0;
        while (from < batch.queued()) {
            int sent = socket.send().from(batch, from);
            if (sent == -Libc.EINTR) continue;
            from += Math.max(sent, 0);
            if (from < batch.queued()) {
                counters.unsent(1);
                from++;
            }
        }
    }
}
