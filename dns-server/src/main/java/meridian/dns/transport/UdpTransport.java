package meridian.dns.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import meridian.dns.UdpAnswers;

/// Queries by UDP.
public sealed interface UdpTransport extends AutoCloseable permits BatchedUdp, NettyUdp {

    /// By which system calls datagrams come and go.
    enum Way {

        /// Many with each call, from threads of their own: [BatchedUdp], where the machine is one
        /// that it knows; else [#NETTY].
        BATCHED,

        /// Netty's event loops: [NettyUdp].
        NETTY
    }

    /// Totals since the start.
    ///
    /// @param unsent responses that the system did not take
    /// @param failed errors of sockets while they were read
    /// @param defects datagrams on which our code failed, and which have no response
    /// @param restarts of a thread that met a defect
    record Counts(long unsent, long failed, long defects, long restarts) {}

    /// Listens on an address, or on every address of this machine if it is a wildcard.
    ///
    /// @param answers gives each thread what answers its datagrams
    /// @param payloadSize octets of the longest response
    /// @param loops for Netty
    /// @throws ListenException if a socket cannot be opened; then none stays open
    static UdpTransport open(
            InetSocketAddress address,
            Way way,
            Supplier<UdpAnswers> answers,
            int payloadSize,
            EventLoops loops)
            throws IOException {
        return way == Way.BATCHED && Libc.isHere()
                ? BatchedUdp.open(address, answers, payloadSize, loops.all().size())
                : NettyUdp.open(address, answers, payloadSize, loops);
    }

    /// Where it listens, with the port that the system chose if it was to.
    List<InetSocketAddress> addresses();

    Counts counts();

    /// Datagrams that found no room in the kernel's buffers since the start; empty where nobody
    /// knows.
    OptionalLong dropped();

    /// Stops listening; what was read is answered.
    @Override
    void close();
}
