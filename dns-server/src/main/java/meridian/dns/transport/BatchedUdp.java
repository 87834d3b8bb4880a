package meridian.dns.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import meridian.dns.UdpAnswers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Queries by UDP on Linux, [DatagramBatch#SIZE] of them with one system call.
///
/// For each core there is a thread with a socket and memory of its own ([UdpWorker]), so that they
/// share nothing. A wildcard is a socket on the wildcard, which is told with each datagram which
/// address was asked; so an address that the machine gets later is served too. The IPv6 wildcard
/// stands for IPv4 as well, by a second socket: then each deals with one family, and no address of
/// IPv4 comes in disguise.
final class BatchedUdp implements UdpTransport {

    private static final Logger LOG = LoggerFactory.getLogger(UdpTransport.class);

    /// What has been read is answered within this, or the process goes without it.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final List<BatchSocket> sockets;
    private final List<Thread> threads;
    private final CountDownLatch stop;
    private final UdpCounters counters;

    private BatchedUdp(
            List<BatchSocket> sockets,
            List<Thread> threads,
            CountDownLatch stop,
            UdpCounters counters) {
        this.sockets = sockets;
        this.threads = threads;
        this.stop = stop;
        this.counters = counters;
    }

    /// See [UdpTransport#open].
    ///
    /// @param cores how many threads to read each address with
    static BatchedUdp open(
            InetSocketAddress address, Supplier<UdpAnswers> answers, int payloadSize, int cores)
            throws IOException {
        ListenAddresses.refuseTaken(address);
        List<BatchSocket> sockets = sockets(address, cores);
        var counters = new UdpCounters(InstantSource.system());
        var stop = new CountDownLatch(1);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < sockets.size(); i++) {
            BatchSocket socket = sockets.get(i);
            var worker =
                    new UdpWorker(
                            new UdpWorker.Socket(
                                    arena -> socket.batch(arena, payloadSize),
                                    socket::receive,
                                    socket::send),
                            answers.get(),
                            counters,
                            stop);
            threads.add(Thread.ofPlatform().daemon().name("dns-udp-" + i).start(worker));
        }
        return new BatchedUdp(sockets, List.copyOf(threads), stop, counters);
    }

    private static List<BatchSocket> sockets(InetSocketAddress address, int cores)
            throws IOException {
        var sockets = new ArrayList<BatchSocket>();
        try {
            int port = address.getPort();
            for (InetSocketAddress each : wildcards(address)) {
                for (int core = 0; core < cores; core++) {
                    sockets.add(BatchSocket.open(new InetSocketAddress(each.getAddress(), port)));
                    port = sockets.getLast().address().getPort();
                }
            }
            return List.copyOf(sockets);
        } catch (IOException | RuntimeException e) {
            sockets.forEach(BatchSocket::close);
            throw e;
        }
    }

    /// A system without IPv6 has IPv4 all the same.
    private static List<InetSocketAddress> wildcards(InetSocketAddress address) {
        List<InetSocketAddress> families = ListenAddresses.families(address);
        return families.size() == 1 || BatchSocket.hasIpv6() ? families : families.subList(1, 2);
    }

    @Override
    public List<InetSocketAddress> addresses() {
        return sockets.stream().map(BatchSocket::address).distinct().toList();
    }

    @Override
    public Counts counts() {
        return counters.counts();
    }

    @Override
    public OptionalLong dropped() {
        return OptionalLong.of(sockets.stream().mapToLong(BatchSocket::dropped).sum());
    }

    @Override
    public void close() {
        stop.countDown();
        for (int i = 0; i < threads.size(); i++) {
            // The number of a socket that is closed under its thread may be another's by the time
            // that the thread asks for datagrams again.
            if (hasEnded(threads.get(i))) sockets.get(i).close();
            else LOG.warn("{} does not end; its socket stays open", threads.get(i).getName());
        }
    }

    private static boolean hasEnded(Thread thread) {
        try {
            return thread.join(PATIENCE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
