package meridian.dns.transport;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.time.Duration;
import meridian.dns.ResolverAddress;

/// A socket of Linux for datagrams of one family, one of several on the same address
/// (SO_REUSEPORT), among which the kernel spreads the clients.
///
/// Its owner receives and sends; how much was dropped may be asked by any thread.
final class BatchSocket implements AutoCloseable {

    /// Octets that wait in the kernel while a thread is busy. Linux counts about 800 for a query,
    /// so that its usual 208 KiB are full after 270. Without CAP_NET_ADMIN it gives no more than
    /// `net.core.rmem_max`.
    static final int WAITING = 4 << 20;

    /// How long [#receive] waits: a stop is seen by then.
    private static final Duration PATIENCE = Duration.ofMillis(150);

    private final int descriptor;
    private final InetSocketAddress address;
    private long dropped;
    private int droppedBefore;
    private boolean isClosed;

    private BatchSocket(int descriptor, InetSocketAddress address) {
        this.descriptor = descriptor;
        this.address = address;
    }

    /// Opens one.
    ///
    /// @param address a wildcard tells with each datagram which address was asked
    /// @throws ListenException if it cannot be had
    static BatchSocket open(InetSocketAddress address) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(Libc.ERRNO);
            int type = Libc.SOCK_DGRAM | Libc.SOCK_CLOEXEC;
            int descriptor = Libc.socket(SockAddr.family(address), type, 0, errno);
            if (descriptor < 0) throw refused(address, descriptor);
            try {
                new Options(descriptor, address, errno, arena).set();
                return new BatchSocket(descriptor, bound(descriptor, address, errno, arena));
            } catch (IOException | RuntimeException e) {
                Libc.close(descriptor, errno);
                throw e;
            }
        }
    }

    static boolean hasIpv6() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(Libc.ERRNO);
            int descriptor = Libc.socket(Libc.AF_INET6, Libc.SOCK_DGRAM, 0, errno);
            if (descriptor >= 0) Libc.close(descriptor, errno);
            return descriptor != -Libc.EAFNOSUPPORT;
        }
    }

    private static ListenException refused(InetSocketAddress address, int result) {
        return new ListenException(address, "udp", new IOException(Libc.strerror(-result)));
    }

    private static InetSocketAddress bound(
            int descriptor, InetSocketAddress address, MemorySegment errno, Arena arena) {
        MemorySegment name = arena.allocate(SockAddr.layout(SockAddr.family(address)));
        MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, (int) name.byteSize());
        int result = Libc.getsockname(descriptor, name, length, errno);
        if (result < 0) throw new IllegalStateException("getsockname: " + Libc.strerror(-result));
        var read = new ResolverAddress();
        SockAddr.read(name, 0, SockAddr.family(address), read);
        return read.toSocketAddress();
    }

    InetSocketAddress address() {
        return address;
    }

    /// Memory for what this socket receives and sends.
    DatagramBatch batch(Arena arena, int payloadSize) {
        boolean tellsAsked = address.getAddress().isAnyLocalAddress();
        return new DatagramBatch(arena, SockAddr.family(address), tellsAsked, payloadSize);
    }

    /// Waits for a datagram, for a while, and takes those that are there behind it.
    ///
    /// @return how many came, or a negated `errno`; -EAGAIN when the while is over
    int receive(DatagramBatch batch) {
        return Libc.recvmmsg(
                descriptor,
                batch.received(),
                DatagramBatch.SIZE,
                Libc.MSG_WAITFORONE,
                batch.errno());
    }

    /// Sends what is queued from one response on, without waiting where the socket's buffer is
    /// full: a resolver asks again, and those who wait to be read must not wait for the one who
    /// cannot be written to.
    ///
    /// @return how many went, or a negated `errno` if the first did not
    int send(DatagramBatch batch, int from) {
        return Libc.sendmmsg(
                descriptor,
                batch.sending(from),
                batch.queued() - from,
                Libc.MSG_DONTWAIT,
                batch.errno());
    }

    /// Datagrams that found no room in the socket's buffer, since it was opened.
    synchronized long dropped() {
        if (isClosed) return dropped;
        try (Arena arena = Arena.ofConfined()) {
            var counts = arena.allocate(ValueLayout.JAVA_INT, Libc.SK_MEMINFO_VARS);
            var length = arena.allocateFrom(ValueLayout.JAVA_INT, (int) counts.byteSize());
            int result =
                    Libc.getsockopt(
                            descriptor,
                            Libc.SOL_SOCKET,
                            Libc.SO_MEMINFO,
                            counts,
                            length,
                            arena.allocate(Libc.ERRNO));
            if (result < 0) return dropped;
            int now = counts.getAtIndex(ValueLayout.JAVA_INT, Libc.SK_MEMINFO_DROPS);
            // The kernel counts with 32 bits, and begins anew after them.
            dropped += Integer.toUnsignedLong(now - droppedBefore);
            droppedBefore = now;
            return dropped;
        }
    }

    /// Once its owner receives no more.
    @Override
    public synchronized void close() {
        if (isClosed) return;
        var _ = dropped();
        isClosed = true;
        try (Arena arena = Arena.ofConfined()) {
            Libc.close(descriptor, arena.allocate(Libc.ERRNO));
        }
    }

    /// How such a socket is set up, in the order in which it must be.
    private record Options(
            int descriptor, InetSocketAddress address, MemorySegment errno, Arena arena) {

        void set() throws IOException {
            need(Libc.SOL_SOCKET, Libc.SO_REUSEPORT, 1);
            if (isWildcard()) need(Libc.SOL_SOCKET, Libc.SO_REUSEADDR, 1);
            if (isIpv6()) need(Libc.IPPROTO_IPV6, Libc.IPV6_V6ONLY, 1);
            tellAsked();
            ignorePathMtu();
            size(Libc.SO_RCVBUFFORCE, Libc.SO_RCVBUF);
            size(Libc.SO_SNDBUFFORCE, Libc.SO_SNDBUF);
            waitForAWhile();
            int result = Libc.bind(descriptor, SockAddr.of(address, arena), errno);
            if (result < 0) throw refused(address, result);
            // A resolver at 127.0.0.53 may stand beside our wildcard (both must say so); a stranger
            // who comes later and says so may not take clients from us.
            if (isWildcard()) need(Libc.SOL_SOCKET, Libc.SO_REUSEADDR, 0);
        }

        private boolean isWildcard() {
            return address.getAddress().isAnyLocalAddress();
        }

        private boolean isIpv6() {
            return SockAddr.family(address) == Libc.AF_INET6;
        }

        private void tellAsked() throws IOException {
            if (!isWildcard()) return;
            if (isIpv6()) need(Libc.IPPROTO_IPV6, Libc.IPV6_RECVPKTINFO, 1);
            else need(Libc.IPPROTO_IP, Libc.IP_PKTINFO, 1);
        }

        /// Who may forge an ICMP message must not make us send fragments, which others can forge.
        private void ignorePathMtu() throws IOException {
            if (isIpv6()) {
                need(Libc.IPPROTO_IPV6, Libc.IPV6_MTU_DISCOVER, Libc.IPV6_PMTUDISC_OMIT);
            } else {
                need(Libc.IPPROTO_IP, Libc.IP_MTU_DISCOVER, Libc.IP_PMTUDISC_OMIT);
            }
        }

        /// Beyond the system's limit where we may.
        private void size(int force, int ask) throws IOException {
            if (set(Libc.SOL_SOCKET, force, WAITING) < 0) need(Libc.SOL_SOCKET, ask, WAITING);
        }

        private void waitForAWhile() throws IOException {
            MemorySegment time = arena.allocate(Libc.TIMEVAL);
            time.setAtIndex(ValueLayout.JAVA_LONG, 0, PATIENCE.toSeconds());
            time.setAtIndex(ValueLayout.JAVA_LONG, 1, PATIENCE.toNanosPart() / 1000);
            check(Libc.setsockopt(descriptor, Libc.SOL_SOCKET, Libc.SO_RCVTIMEO, time, errno));
        }

        private void need(int level, int option, int value) throws IOException {
            check(set(level, option, value));
        }

        private int set(int level, int option, int value) {
            MemorySegment number = arena.allocateFrom(ValueLayout.JAVA_INT, value);
            return Libc.setsockopt(descriptor, level, option, number, errno);
        }

        private void check(int result) throws IOException {
            if (result < 0) throw refused(address, result);
        }
    }
}
