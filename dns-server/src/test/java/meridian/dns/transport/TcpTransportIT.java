package meridian.dns.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import meridian.dns.Transfers;
import meridian.dns.Transport;
import meridian.dns.wire.Rcode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Real connections, in the clear and within TLS: what well-behaved and ill-behaved clients get.
@ParameterizedClass
@EnumSource(names = {"TCP", "TLS"})
class TcpTransportIT {

    private static final int MESSAGES = 3_000;

    private final Transport transport;

    TcpTransportIT(Transport transport) {
        this.transport = transport;
    }

    @Test
    void pipelinedQueriesAreAnsweredInOrder() throws IOException {
        try (var served = Served.patient();
                var socket = served.connect(transport)) {
            for (int id = 0; id < 500; id++) Served.send(socket, Served.query(id));
            for (int id = 0; id < 500; id++) {
                assertThat(Served.receive(socket).getHeader().getID()).isEqualTo(id);
            }
        }
    }

    @Test
    void aQueryMayComeOctetByOctet() throws IOException {
        try (var served = Served.patient();
                var socket = served.connect(transport)) {
            socket.setTcpNoDelay(true);
            byte[] query = Served.query(7);
            socket.getOutputStream().write(new byte[] {0});
            socket.getOutputStream().write(new byte[] {(byte) query.length});
            for (byte octet : query) socket.getOutputStream().write(new byte[] {octet});
            assertThat(Served.receive(socket).getSection(Section.ANSWER)).hasSize(1);
        }
    }

    @Test
    void aResponseMayBeLong() throws IOException {
        try (var served = Served.patient();
                var socket = served.connect(transport)) {
            Served.send(socket, Served.query(7, "big.example.com.", Type.TXT));
            Message response = Served.receive(socket);
            assertThat(response.getSection(Section.ANSWER)).hasSize(1);
            assertThat(response.numBytes()).isGreaterThan(30_000);
        }
    }

    @Test
    void aClientThatHasSaidAllStillGetsItsAnswers() throws IOException {
        try (var served = Served.patient();
                var socket = served.connect(transport)) {
            for (int id = 0; id < 50; id++) {
                Served.send(socket, Served.query(id, "big.example.com.", Type.TXT));
            }
            socket.shutdownOutput();
            for (int id = 0; id < 50; id++) {
                assertThat(Served.receive(socket).getHeader().getID()).isEqualTo(id);
            }
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aClientThatTakesNothingIsNotReadFrom() throws IOException {
        try (var served = Served.patient();
                var socket = served.connect(transport)) {
            socket.setSoTimeout(0);
            byte[] query = Served.query(7, "big.example.com.", Type.TXT);
            var all = new ByteArrayOutputStream();
            for (int i = 0; i < 2_000; i++) {
                all.write(query.length >> 8);
                all.write(query.length);
                all.write(query);
            }
            Thread sender = Thread.ofVirtual().start(() -> send(socket, all.toByteArray()));
            assertThat(Served.receive(socket).getHeader().getID()).isEqualTo(7);
            long answered = answered(served);
            assertThat(answered).as("2000 responses are 60 MB").isLessThan(1_000);
            for (int i = 1; i < 2_000; i++) Served.receive(socket);
            assertThat(answered(served)).isEqualTo(2_000);
            sender.interrupt();
        }
    }

    @Test
    void aTransferIsMadeAsItsClientTakesItAndOthersAreServedMeanwhile() throws IOException {
        var made = new AtomicInteger();
        try (var served = Served.giving((_, _, _) -> Optional.of(out -> message(made, out)));
                var secondary = served.connect(transport);
                var other = served.connect(transport)) {
            Served.send(secondary, Served.query(7, "example.com.", Type.AXFR));
            Served.send(secondary, Served.query(8));
            assertThat(Served.receive(secondary).getHeader().getID()).isZero();
            Served.send(other, Served.query(9));
            assertThat(Served.receive(other).getHeader().getID()).isEqualTo(9);
            assertThat(made.get()).as("3000 messages are 90 MB").isLessThan(2_000);
            for (int id = 1; id < MESSAGES; id++)
                assertThat(Served.receive(secondary).getHeader().getID()).isEqualTo(id);
            assertThat(Served.receive(secondary).getHeader().getID()).isEqualTo(8);
        }
    }

    private static boolean message(AtomicInteger made, ByteBuffer out) {
        if (made.get() == MESSAGES) return false;
        byte[] message = new byte[30_000];
        ByteBuffer.wrap(message).putShort((short) made.getAndIncrement()).putShort((short) 0x8000);
        out.put(message);
        return true;
    }

    @Test
    void aDefectInATransferClosesItsConnectionAndIsCounted() throws IOException {
        try (var served =
                        Served.giving(
                                (_, _, _) ->
                                        Optional.of(
                                                _ -> {
                                                    throw new IllegalStateException("a test");
                                                }));
                var socket = served.connect(transport)) {
            Served.send(socket, Served.query(7, "example.com.", Type.AXFR));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            assertThat(served.responder.counts().defects()).isEqualTo(1);
        }
    }

    @Test
    void aTransferEndsWithItsConnection() throws IOException, InterruptedException {
        var ended = new CountDownLatch(1);
        var endless =
                new Transfers.Messages() {
                    @Override
                    public boolean next(ByteBuffer out) {
                        out.put(new byte[30_000]);
                        return true;
                    }

                    @Override
                    public void end() {
                        ended.countDown();
                    }
                };
        try (var served = Served.giving((_, _, _) -> Optional.of(endless))) {
            try (var socket = served.connect(transport)) {
                Served.send(socket, Served.query(7, "example.com.", Type.AXFR));
                assertThat(socket.getInputStream().read()).isNotNegative();
            }
            assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aTransferThatIsCutOffClosesItsConnectionAndIsNoDefect() throws IOException {
        var cutOff =
                new Transfers.Messages() {
                    @Override
                    public boolean next(ByteBuffer out) {
                        return false;
                    }

                    @Override
                    public boolean isCutOff() {
                        return true;
                    }
                };
        try (var served = Served.giving((_, _, _) -> Optional.of(cutOff));
                var socket = served.connect(transport)) {
            Served.send(socket, Served.query(7, "example.com.", Type.AXFR));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            assertThat(served.responder.counts().defects()).isZero();
        }
    }

    /// The second query is read in a turn of its own, after the first one's transfer.
    @Test
    void aDefectAfterATransferClosesTheConnectionTooAndIsCounted() throws IOException {
        var begun = new AtomicInteger();
        Transfers transfers =
                (_, _, _) -> {
                    if (begun.getAndIncrement() > 0) throw new IllegalStateException("a test");
                    return Optional.of(_ -> false);
                };
        try (var served = Served.giving(transfers);
                var socket = served.connect(transport)) {
            Served.send(socket, Served.query(7, "example.com.", Type.AXFR));
            Served.send(socket, Served.query(8, "example.com.", Type.AXFR));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            assertThat(served.responder.counts().defects()).isEqualTo(1);
        }
    }

    private static void send(Socket socket, byte[] octets) {
        try {
            socket.getOutputStream().write(octets);
        } catch (IOException _) {
            // the receiving side tells
        }
    }

    private long answered(Served served) {
        return served.responder.counts().responses(transport, Rcode.NOERROR);
    }

    /// Long enough to ask once before.
    @Test
    void anIdleConnectionIsClosed() throws IOException {
        try (var served = new Served(new TcpLimits(Duration.ofSeconds(1), 20, 10));
                var socket = served.connect(transport)) {
            Served.send(socket, Served.query(7));
            Served.receive(socket);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void dribbledOctetsDoNotHoldAConnection() throws IOException {
        try (var served = new Served(new TcpLimits(Duration.ofMillis(200), 20, 10));
                var socket = served.connect(transport)) {
            socket.setSoTimeout(50);
            assertThat(dribbleUntilClosed(socket)).isTrue();
        }
    }

    /// An octet of a query each 50 ms, as long as the server bears it.
    private static boolean dribbleUntilClosed(Socket socket) throws IOException {
        for (int i = 0; i < 100; i++) {
            try {
                socket.getOutputStream().write(1);
                if (socket.getInputStream().read() == -1) return true;
            } catch (SocketTimeoutException _) {
                // it is still open, and the next octet is due
            } catch (SocketException _) {
                return true;
            }
        }
        return false;
    }

    @Test
    void oneClientGetsOnlySoManyConnections() throws IOException {
        try (var served = new Served(new TcpLimits(Duration.ofMinutes(1), 20, 2))) {
            try (var one = served.connect(transport);
                    var two = served.connect(transport)) {
                assertThat(isServed(one)).isTrue();
                assertThat(isServed(two)).isTrue();
                try (var three = served.connect(transport)) {
                    assertThat(isServed(three)).isFalse();
                }
                assertThat(served.of(transport).refusedConnections()).isEqualTo(1);
            }
        }
    }

    @Test
    void allClientsGetOnlySoManyConnections() throws IOException {
        try (var served = new Served(new TcpLimits(Duration.ofMinutes(1), 3, 3))) {
            var sockets = new ArrayList<Socket>();
            try {
                for (int i = 0; i < 3; i++) sockets.add(served.connect(transport));
                for (Socket socket : sockets) assertThat(isServed(socket)).isTrue();
                sockets.add(served.connect(transport));
                assertThat(isServed(sockets.getLast())).isFalse();
                assertThat(isServed(sockets.getFirst())).isTrue();
            } finally {
                for (Socket socket : sockets) socket.close();
            }
        }
    }

    private static boolean isServed(Socket socket) throws IOException {
        try {
            Served.send(socket, Served.query(7));
            return Served.receive(socket).getHeader().getID() == 7;
        } catch (EOFException | SocketException | SSLException _) {
            return false;
        }
    }

    @Test
    void stoppingAnswersWhatWasReadAndCloses() throws IOException {
        var served = Served.patient();
        try (var socket = served.connect(transport)) {
            Served.send(socket, Served.query(7));
            assertThat(Served.receive(socket).getHeader().getID()).isEqualTo(7);
            served.close();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aTakenPortIsNamedInTheError() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                var served = Served.patient();
                var loops = EventLoops.of(1)) {
            var address = (InetSocketAddress) taken.getLocalSocketAddress();
            var limits = new TcpLimits(Duration.ofMinutes(1), 20, 10);
            assertThatThrownBy(
                            () ->
                                    TcpTransport.open(
                                            address,
                                            Entrance.OPEN,
                                            served.responder,
                                            limits,
                                            loops))
                    .isInstanceOf(ListenException.class)
                    .hasMessage(
                            "cannot listen on 127.0.0.1:%1$d/tcp: another process uses it already; `ss -ltnp sport = :%1$d` shows which",
                            address.getPort());
        }
    }
}
