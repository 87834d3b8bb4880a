package meridian.dns.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.ToIntFunction;
import meridian.dns.ResolverAddress;
import meridian.dns.UdpAnswers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// A worker whose kernel is this test: what it receives, and what becomes of what it sends, is
/// written down beforehand, and after the last of it the worker is told to stop.
@EnabledOnOs(OS.LINUX)
class UdpWorkerTest {

    private static final int EPERM = 1;
    private static final int ENOBUFS = 105;
    private static final int ECONNREFUSED = 111;

    private static final int PORT = 5353;

    private final UdpCounters counters = new UdpCounters(InstantSource.fixed(Instant.EPOCH));
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Deque<ToIntFunction<DatagramBatch>> received = new ArrayDeque<>();
    private final Deque<Integer> sendResults = new ArrayDeque<>();
    private final List<String> sends = new ArrayList<>();

    @Test
    void whatIsReadBeforeAStopIsAnswered() {
        received.add(_ -> stopping(-Libc.EAGAIN));
        received.addFirst(batch -> datagrams(batch, "a", "b"));
        run(UdpWorkerTest::echo);
        assertThat(sends).containsExactly("a b");
    }

    @Test
    void aStopThatComesWithDatagramsLeavesNoneUnanswered() {
        received.add(batch -> stopping(datagrams(batch, "a", "b")));
        run(UdpWorkerTest::echo);
        assertThat(sends).containsExactly("a b");
    }

    @Test
    void waitingInVainAndSignalsAreNoErrors() {
        received.add(_ -> -Libc.EAGAIN);
        received.add(_ -> -Libc.EINTR);
        received.add(batch -> stopping(datagrams(batch, "a")));
        run(UdpWorkerTest::echo);
        assertThat(sends).containsExactly("a");
        assertThat(counters.counts()).isEqualTo(new UdpTransport.Counts(0, 0, 0, 0));
    }

    @Test
    void errorsOfASocketAreCountedAndItIsReadOn() {
        received.add(_ -> -ECONNREFUSED);
        received.add(_ -> -ENOBUFS);
        received.add(batch -> stopping(datagrams(batch, "a")));
        run(UdpWorkerTest::echo);
        assertThat(sends).containsExactly("a");
        assertThat(counters.counts()).isEqualTo(new UdpTransport.Counts(0, 2, 0, 0));
    }

    @Test
    void whereASocketGivesNothingButErrorsTheWorkerBeginsAnew() {
        for (int i = 0; i < 100; i++) received.add(_ -> -ECONNREFUSED);
        received.add(batch -> stopping(datagrams(batch, "a")));
        run(UdpWorkerTest::echo);
        assertThat(sends).containsExactly("a");
        assertThat(counters.counts()).isEqualTo(new UdpTransport.Counts(0, 100, 0, 1));
    }

    @Test
    void aDefectCostsOneDatagram() {
        received.add(batch -> stopping(datagrams(batch, "a", "defect", "overflow", "b")));
        run(
                (query, _, out) ->
                        switch (text(query)) {
                            case "defect" -> throw new IllegalStateException("a defect");
                            case "overflow" -> throw new StackOverflowError();
                            default -> echo(query, out);
                        });
        assertThat(sends).containsExactly("a b");
        assertThat(counters.counts()).isEqualTo(new UdpTransport.Counts(0, 0, 2, 0));
    }

    @Test
    void aDefectThatNoDatagramIsToBlameForBeginsAnew() {
        received.add(
                _ -> {
                    throw new IllegalStateException("a defect");
                });
        received.add(batch -> stopping(datagrams(batch, "a")));
        run(UdpWorkerTest::echo);
        assertThat(sends).containsExactly("a");
        assertThat(counters.counts()).isEqualTo(new UdpTransport.Counts(0, 0, 0, 1));
    }

    @Test
    void withoutMemoryItEndsSoThatItsProcessMay() {
        received.add(batch -> datagrams(batch, "a"));
        assertThatThrownBy(
                        () ->
                                run(
                                        (_, _, _) -> {
                                            throw new OutOfMemoryError("none");
                                        }))
                .isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void whatHasNoResponseIsNotSent() {
        received.add(batch -> stopping(datagrams(batch, "a", "", "b")));
        run((query, _, out) -> query.hasRemaining() ? echo(query, out) : 0);
        assertThat(sends).containsExactly("a b");
    }

    @Test
    void nothingIsSentWhereNothingIsToBeSent() {
        received.add(batch -> stopping(datagrams(batch, "a", "b")));
        run((_, _, _) -> 0);
        assertThat(sends).isEmpty();
    }

    @Test
    void aResponseThatTheKernelStopsAtIsCountedAndSkipped() {
        received.add(batch -> stopping(datagrams(batch, "a", "b", "c", "d")));
        sendResults.addAll(List.of(1, 2));
        run(UdpWorkerTest::echo);
        assertThat(sends).containsExactly("a b c d", "c d");
        assertThat(counters.counts().unsent()).isEqualTo(1);
    }

    @Test
    void aFirstResponseThatIsRefusedIsCountedAndSkipped() {
        received.add(batch -> stopping(datagrams(batch, "a", "b", "c")));
        sendResults.addAll(List.of(-EPERM, -ENOBUFS, -Libc.EAGAIN));
        run(UdpWorkerTest::echo);
        assertThat(sends).containsExactly("a b c", "b c", "c");
        assertThat(counters.counts().unsent()).isEqualTo(3);
    }

    @Test
    void aSendThatASignalInterruptsIsTriedAgain() {
        received.add(batch -> stopping(datagrams(batch, "a")));
        sendResults.addAll(List.of(-Libc.EINTR, 1));
        run(UdpWorkerTest::echo);
        assertThat(sends).containsExactly("a", "a");
        assertThat(counters.counts().unsent()).isZero();
    }

    @Test
    void whoHasNoPortCannotBeAnsweredAndStopsNobodyElse() {
        received.add(
                batch -> {
                    int came = datagrams(batch, "a", "b");
                    name(batch, 0).set(ValueLayout.JAVA_SHORT, 2, (short) 0);
                    return stopping(came);
                });
        run(UdpWorkerTest::echo);
        assertThat(sends).containsExactly("b");
        assertThat(counters.counts().unsent()).isEqualTo(1);
    }

    @Test
    void slotsAreUsedAgain() {
        received.add(batch -> datagrams(batch, "long", "b"));
        received.add(batch -> stopping(datagrams(batch, "c")));
        run(UdpWorkerTest::echo);
        assertThat(sends).containsExactly("long b", "c");
    }

    private void run(UdpAnswers answers) {
        var socket =
                new UdpWorker.Socket(
                        arena -> new DatagramBatch(arena, Libc.AF_INET, false, 512),
                        batch -> received.remove().applyAsInt(batch),
                        this::send);
        new UdpWorker(socket, answers, counters, stop).run();
    }

    private int stopping(int result) {
        stop.countDown();
        return result;
    }

    /// As if these had come from 192.0.2.1.
    private static int datagrams(DatagramBatch batch, String... texts) {
        for (int i = 0; i < texts.length; i++) {
            batch.received().set(ValueLayout.JAVA_INT, i * 64L + 56, texts[i].length());
            batch.query(i).put(texts[i].getBytes(StandardCharsets.US_ASCII));
            MemorySegment name = name(batch, i);
            name.set(ValueLayout.JAVA_SHORT, 2, Short.reverseBytes((short) PORT));
            name.set(ValueLayout.JAVA_INT, 4, Integer.reverseBytes(0xc0000201));
        }
        return texts.length;
    }

    private static MemorySegment name(DatagramBatch batch, int i) {
        return at(batch.received().get(ValueLayout.JAVA_LONG, i * 64L), 16);
    }

    @SuppressWarnings("restricted") // Where a pointer leads is what this test must see.
    private static MemorySegment at(long address, long octets) {
        return MemorySegment.ofAddress(address).reinterpret(octets);
    }

    private static int echo(ByteBuffer query, ResolverAddress from, ByteBuffer out) {
        assertThat(from.toSocketAddress().toString()).isEqualTo("/192.0.2.1:" + PORT);
        return echo(query, out);
    }

    private static int echo(ByteBuffer query, ByteBuffer out) {
        int length = query.remaining();
        out.put(query);
        return length;
    }

    private static String text(ByteBuffer query) {
        return StandardCharsets.US_ASCII.decode(query.duplicate()).toString();
    }

    /// Takes down what it was to send, and gives the next result, or that all went.
    private int send(DatagramBatch batch, int from) {
        var texts = new ArrayList<String>();
        for (int k = 0; k < batch.queued() - from; k++) texts.add(sent(batch.sending(from), k));
        sends.add(String.join(" ", texts));
        Integer result = sendResults.poll();
        return result == null ? texts.size() : result;
    }

    private static String sent(MemorySegment messages, int k) {
        MemorySegment vector = at(messages.get(ValueLayout.JAVA_LONG, k * 64L + 16), 16);
        long length = vector.get(ValueLayout.JAVA_LONG, 8);
        return text(at(vector.get(ValueLayout.JAVA_LONG, 0), length).asByteBuffer());
    }
}
