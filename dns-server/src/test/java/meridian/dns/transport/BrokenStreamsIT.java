package meridian.dns.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import meridian.dns.Transport;
import meridian.dns.wire.Rcode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Type;

/// Streams that break in every way: octets that change or get lost on the way, within TLS and below
/// it, queries that are none, lengths that lie, clients that go, are cut, say no more or take
/// nothing.
///
/// `-Dmeridian.fuzz.streams=100000` has so many of each kind.
class BrokenStreamsIT {

    private static final int STREAMS = Integer.getInteger("meridian.fuzz.streams", 1_500);
    private static final int AT_ONCE = 64;
    private static final long SEED = 20261127;

    /// Octets that buffers may grow by while nothing is kept.
    private static final long SOME = 32 << 20;

    private static final SSLSocketFactory CLIENT = TestIdentities.credulous().getSocketFactory();

    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @EnumSource(names = {"TCP", "TLS"})
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void everyResponseParsesAndNothingIsLeftOfAny(Transport transport) throws IOException {
        try (var served = new Served(new TcpLimits(Duration.ofMillis(300), 1_000, 1_000))) {
            breakStreams(served, transport, 0, STREAMS / 10);
            long before = bufferOctets();
            breakStreams(served, transport, STREAMS / 10, STREAMS);
            Awaitility.await().until(() -> served.of(transport).openConnections() == 0);
            assertThat(wrong).isEmpty();
            assertThat(served.responder.counts().defects()).isZero();
            assertThat(served.responder.counts().responses(transport, Rcode.NOERROR))
                    .as("most get through to the responder")
                    .isGreaterThan(STREAMS);
            assertThat(bufferOctets()).isLessThan(before + SOME);
            try (var socket = served.connect(transport)) {
                Served.send(socket, Served.query(7));
                assertThat(Served.receive(socket).getHeader().getID()).isEqualTo(7);
            }
        }
    }

    private static long bufferOctets() {
        var metric = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
        return metric.usedDirectMemory() + metric.usedHeapMemory();
    }

    private void breakStreams(Served served, Transport transport, int from, int to) {
        var room = new Semaphore(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = from; i < to; i++) {
                long seed = SEED + i;
                room.acquireUninterruptibly();
                threads.execute(
                        () -> {
                            breakOne(served, transport, seed);
                            room.release();
                        });
            }
        }
    }

    private void breakOne(Served served, Transport transport, long seed) {
        var random = new SplittableRandom(seed);
        byte[] said = said(random);
        boolean isTls = transport == Transport.TLS;
        try (var below = new ManglingSocket(random.split(), said.length + (isTls ? 700 : 0))) {
            below.setSoTimeout(10_000);
            below.connect(served.of(transport).addresses().getFirst());
            Socket socket = isTls ? CLIENT.createSocket(below, "localhost", 853, false) : below;
            if (socket instanceof SSLSocket tls && random.nextBoolean())
                tls.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.getOutputStream().write(said);
            end(socket, below, random, seed);
        } catch (IOException _) {
            // as it was to be: most of these connections do not end well
        }
    }

    private void end(Socket socket, Socket below, SplittableRandom random, long seed)
            throws IOException {
        switch (random.nextInt(6)) {
            case 0 -> below.setSoLinger(true, 0);
            case 1 -> socket.close();
            case 2 -> below.shutdownOutput();
            case 3 -> socket.shutdownOutput();
            default -> {
                // the server says when it is enough
            }
        }
        if (!socket.isClosed() && random.nextInt(4) > 0) readAll(socket, seed);
    }

    private void readAll(Socket socket, long seed) throws IOException {
        var in = new DataInputStream(socket.getInputStream());
        for (int length = in.read(); length != -1; length = in.read()) {
            byte[] response = new byte[length << 8 | in.readUnsignedByte()];
            in.readFully(response);
            check(response, seed);
        }
    }

    private void check(byte[] response, long seed) {
        try {
            var _ = new Message(response);
        } catch (IOException e) {
            wrong.add("seed " + seed + " got a response that does not parse: " + e);
        }
    }

    /// Up to twenty messages, each after its length.
    private static byte[] said(SplittableRandom random) {
        var octets = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(octets)) {
            for (int count = 1 + random.nextInt(20); count > 0; count--) {
                byte[] message = message(random);
                boolean lies = random.nextInt(60) == 0;
                out.writeShort(lies ? random.nextInt(0x10000) : message.length);
                out.write(message);
            }
        } catch (IOException e) {
            throw new IllegalStateException("into memory", e);
        }
        return octets.toByteArray();
    }

    private static byte[] message(SplittableRandom random) throws IOException {
        byte[] query =
                random.nextInt(10) == 0
                        ? Served.query(random.nextInt(0x10000), "big.example.com.", Type.TXT)
                        : Served.query(random.nextInt(0x10000));
        switch (random.nextInt(8)) {
            case 0 -> query[random.nextInt(query.length)] = (byte) random.nextInt();
            case 1 -> random.nextBytes(query);
            default -> {
                // as it is
            }
        }
        return query;
    }
}
