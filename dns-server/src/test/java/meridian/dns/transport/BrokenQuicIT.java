package meridian.dns.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import meridian.dns.Transport;
import meridian.dns.wire.Rcode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.WireParseException;

/// What `BrokenStreamsIT` of the system tests does to TCP and TLS: streams of QUIC that end early
/// or never, are given up, or say what no query is; connections that go; and datagrams that only
/// look like QUIC.
///
/// `-Dmeridian.fuzz.streams=100000` has so many.
class BrokenQuicIT {

    private static final int STREAMS = Integer.getInteger("meridian.fuzz.streams", 1_500);
    private static final int CLIENTS = 8;
    private static final long SEED = 20261128;

    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicLong next = new AtomicLong();

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void everyResponseParsesAndNothingIsLeftOfAny() throws IOException {
        try (var served = new Served(new TcpLimits(Duration.ofMillis(500), 1_000, 1_000))) {
            InetSocketAddress server = served.quic.addresses().getFirst();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < CLIENTS; i++) threads.execute(() -> breakStreams(server));
            }
            Awaitility.await().until(() -> served.quic.openConnections() == 0);
            assertThat(wrong).isEmpty();
            assertThat(served.responder.counts().defects()).isZero();
            assertThat(served.responder.counts().responses(Transport.QUIC, Rcode.NOERROR))
                    .as("many get through to the responder")
                    .isGreaterThan(STREAMS / 4);
            try (var client = new QuicClient(server)) {
                assertThat(client.ask(Served.query(0)).getHeader().getID()).isZero();
            }
        }
    }

    /// Of all clients together so many as there are to be.
    private void breakStreams(InetSocketAddress server) {
        Optional<QuicClient> client = Optional.empty();
        for (long i = next.getAndIncrement(); i < STREAMS; i = next.getAndIncrement()) {
            var random = new SplittableRandom(SEED + i);
            try {
                if (random.nextInt(10) == 0) noise(server, random);
                if (client.isEmpty() || !client.get().connection.isActive()) {
                    client.ifPresent(QuicClient::close);
                    client = Optional.of(new QuicClient(server));
                }
                breakOne(client.get(), random);
                if (random.nextInt(20) == 0) client.get().close();
            } catch (WireParseException e) {
                wrong.add("stream " + i + " got a response that does not parse: " + e);
            } catch (IOException _) {
                // as it was to be: many of these streams do not end well
            }
        }
        client.ifPresent(QuicClient::close);
    }

    private static void breakOne(QuicClient client, SplittableRandom random) throws IOException {
        byte[] said = said(random);
        QuicClient.Stream stream = client.open();
        int first = random.nextInt(3) == 0 ? random.nextInt(said.length + 1) : said.length;
        stream.send(Arrays.copyOf(said, first));
        if (first < said.length) stream.send(Arrays.copyOfRange(said, first, said.length));
        switch (random.nextInt(10)) {
            case 0 -> {
                var _ = stream.channel().shutdownOutput(3);
            }
            case 1 -> {
                var _ = stream.channel().shutdownInput(3);
                stream.end();
            }
            case 2 -> {
                // no more is said, nor is it the end
            }
            default -> {
                stream.end();
                var _ = stream.response();
            }
        }
    }

    private static byte[] said(SplittableRandom random) throws IOException {
        byte[] query = Served.query(0);
        switch (random.nextInt(12)) {
            case 0 -> query[random.nextInt(query.length)] = (byte) random.nextInt();
            case 1 -> random.nextBytes(query);
            default -> {
                // as it is
            }
        }
        byte[] framed = QuicClient.framed(query);
        return switch (random.nextInt(12)) {
            case 0 -> Arrays.copyOf(framed, random.nextInt(framed.length));
            case 1 -> Arrays.copyOf(framed, framed.length + 1 + random.nextInt(100));
            default -> framed;
        };
    }

    /// Half of it begins like a first packet of QUIC's version 1.
    private static void noise(InetSocketAddress server, SplittableRandom random)
            throws IOException {
        byte[] octets = new byte[1 + random.nextInt(1_400)];
        random.nextBytes(octets);
        if (octets.length > 20 && random.nextBoolean()) {
            octets[0] = (byte) (0xc0 | random.nextInt(16));
            octets[1] = 0;
            octets[2] = 0;
            octets[3] = 0;
            octets[4] = 1;
            octets[5] = (byte) random.nextInt(22);
        }
        try (var socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(octets, octets.length, server));
        }
    }
}
