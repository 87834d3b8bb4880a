package meridian.dns.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import meridian.dns.ResolverAddress;
import meridian.dns.UdpAnswers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Datagrams in batches on this machine's own addresses. Clients are connected, so that they take a
/// response from the address that they asked and from no other.
@EnabledOnOs(OS.LINUX)
class BatchedUdpIT {

    private static final int CORES = 2;
    private static final int PAYLOAD = 1232;

    /// No interface of the machine has 127.0.0.2: it stands for any address that is not known when
    /// the listener opens.
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1"})
    void aWildcardAnswersFromTheAddressThatWasAsked(String asked) throws IOException {
        try (var udp = open("::", 0);
                var client = client(InetAddress.ofLiteral(asked), port(udp))) {
            assertThat(ask(client, 7)).isEqualTo(7);
        }
    }

    @Test
    void aLinkLocalAddressIsAnsweredFromToo() throws IOException {
        Optional<InetAddress> linkLocal =
                NetworkInterface.networkInterfaces()
                        .flatMap(NetworkInterface::inetAddresses)
                        .filter(one -> one instanceof Inet6Address && one.isLinkLocalAddress())
                        .findFirst();
        assumeThat(linkLocal).as("a link-local address of this machine").isPresent();
        try (var udp = open("::", 0);
                var client = client(linkLocal.orElseThrow(), port(udp))) {
            assertThat(ask(client, 8)).isEqualTo(8);
        }
        try (var udp = open(linkLocal.orElseThrow(), 0, BatchedUdpIT::echo);
                var client = client(linkLocal.orElseThrow(), port(udp))) {
            assertThat(ask(client, 9)).isEqualTo(9);
        }
    }

    @Test
    void theWildcardOfIpv4ServesNoIpv6() throws IOException {
        try (var udp = open("0.0.0.0", 0);
                var client = client(InetAddress.ofLiteral("::1"), port(udp))) {
            assertThatThrownBy(() -> ask(client, 1)).isInstanceOf(PortUnreachableException.class);
        }
    }

    @Test
    void aWildcardIsRefusedWhereOneOfItsAddressesIsTaken() throws IOException {
        try (var taken = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThatThrownBy(() -> open("0.0.0.0", taken.getLocalPort()))
                    .hasMessageStartingWith(
                            "cannot listen on 127.0.0.1:%d/udp: another process uses it already"
                                    .formatted(taken.getLocalPort()));
        }
    }

    /// As the resolver of many a Linux has 127.0.0.53.
    @Test
    void anAddressThatNoInterfaceHasMayBeAnothersBesideTheWildcard() throws IOException {
        try (var other = reusing("127.0.0.53", 0);
                var udp = open("0.0.0.0", other.getLocalPort());
                var client = client(InetAddress.ofLiteral("127.0.0.1"), port(udp))) {
            assertThat(ask(client, 2)).isEqualTo(2);
        }
    }

    @Test
    void whoComesLaterMayNotTakeAnAddressOfTheWildcard() throws IOException {
        try (var udp = open("0.0.0.0", 0)) {
            assertThatThrownBy(() -> reusing("127.0.0.1", port(udp)))
                    .isInstanceOf(BindException.class);
        }
    }

    @Test
    void allThreadsEndWhenItCloses() throws IOException {
        AtomicLong asked = new AtomicLong();
        Thread[] worker = new Thread[1];
        UdpAnswers answers =
                (query, from, out) -> {
                    worker[0] = Thread.currentThread();
                    asked.incrementAndGet();
                    return echo(query, from, out);
                };
        try (var udp = open(InetAddress.ofLiteral("127.0.0.1"), 0, answers);
                var client = client(InetAddress.ofLiteral("127.0.0.1"), port(udp))) {
            assertThat(ask(client, 3)).isEqualTo(3);
            assertThat(worker[0].getName()).startsWith("dns-udp-");
            assertThat(worker[0].isDaemon()).isTrue();
        }
        assertThat(asked).hasValue(1);
        assertThat(worker[0].isAlive()).isFalse();
    }

    @Test
    void whatFindsNoRoomWhileAThreadIsBusyIsCounted() throws IOException {
        var go = new CountDownLatch(1);
        UdpAnswers answers = (query, from, out) -> echoAfter(go, query, from, out);
        try (var udp = open(InetAddress.ofLiteral("127.0.0.1"), 0, answers);
                var client = client(InetAddress.ofLiteral("127.0.0.1"), port(udp))) {
            assertThat(udp.dropped()).hasValue(0);
            byte[] large = new byte[1400];
            for (int i = 0; i < 10_000; i++) client.send(new DatagramPacket(large, large.length));
            assertThat(udp.dropped().orElseThrow()).isBetween(1L, 9_999L);
            go.countDown();
        }
    }

    /// After a warm-up; a thread that allocated for each datagram would show millions in every
    /// round. What comes about once, as when Java compiles something anew, is in one of them at
    /// most.
    @Test
    void nothingIsAllocatedForADatagram() throws IOException {
        AtomicLong thread = new AtomicLong();
        UdpAnswers answers =
                (query, from, out) -> {
                    thread.setPlain(Thread.currentThread().threadId());
                    return echo(query, from, out);
                };
        try (var udp = open(InetAddress.ofLiteral("127.0.0.1"), 0, answers);
                var client = client(InetAddress.ofLiteral("127.0.0.1"), port(udp))) {
            exchange(client, 100_000);
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 3; round++) {
                long before = allocated(thread.get());
                exchange(client, 100_000);
                least = Math.min(least, allocated(thread.get()) - before);
            }
            assertThat(least).isLessThan(10_000);
        }
    }

    private static long allocated(long thread) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(thread);
    }

    /// Twenty datagrams at once, again and again.
    private static void exchange(DatagramSocket client, int datagrams) throws IOException {
        var packet = new DatagramPacket(new byte[8], 8);
        for (int i = 0; i < datagrams; i += 20) {
            for (int k = 0; k < 20; k++) client.send(packet);
            for (int k = 0; k < 20; k++) client.receive(packet);
        }
    }

    private static int echoAfter(
            CountDownLatch go, ByteBuffer query, ResolverAddress from, ByteBuffer out) {
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return echo(query, from, out);
    }

    private static int echo(ByteBuffer query, ResolverAddress from, ByteBuffer out) {
        int length = Math.min(query.remaining(), out.remaining());
        out.put(out.position(), query, query.position(), length);
        return length;
    }

    private static BatchedUdp open(String address, int port) throws IOException {
        return open(InetAddress.ofLiteral(address), port, BatchedUdpIT::echo);
    }

    private static BatchedUdp open(InetAddress address, int port, UdpAnswers answers)
            throws IOException {
        var listen = new InetSocketAddress(address, port);
        return BatchedUdp.open(listen, () -> answers, PAYLOAD, CORES);
    }

    private static int port(BatchedUdp udp) {
        return udp.addresses().getFirst().getPort();
    }

    private static DatagramSocket client(InetAddress server, int port) throws IOException {
        var client = new DatagramSocket();
        client.connect(server, port);
        client.setSoTimeout(10_000);
        return client;
    }

    private static DatagramSocket reusing(String address, int port) throws IOException {
        var socket = new DatagramSocket(null);
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static int ask(DatagramSocket client, int number) throws IOException {
        client.send(new DatagramPacket(new byte[] {(byte) number}, 1));
        var packet = new DatagramPacket(new byte[8], 8);
        client.receive(packet);
        return packet.getData()[0];
    }
}
