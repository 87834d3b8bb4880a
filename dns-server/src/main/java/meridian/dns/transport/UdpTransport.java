package meridian.dns.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.unix.UnixChannelOption;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import meridian.dns.UdpAnswers;

/// Queries by UDP.
///
/// On Linux each event loop has a socket of its own on the same address (SO_REUSEPORT), among which
/// the kernel spreads the clients, and takes up to [#BATCH] datagrams with one system call.
public final class UdpTransport implements AutoCloseable {

    /// No query needs as much; a longer datagram is cut, and so malformed.
    private static final int MAX_QUERY = 2048;

    private static final int BATCH = 32;

    /// Octets that wait in the kernel while a loop is busy. Linux counts about 800 for a query, so
    /// that its usual 208 KiB are full after 270; it gives no more than `net.core.rmem_max`.
    private static final int WAITING = 4 << 20;

    private final List<Channel> channels;

    private UdpTransport(List<Channel> channels) {
        this.channels = channels;
    }

    /// Listens on an address, or on every address of this machine if it is a wildcard.
    ///
    /// @param answers gives each socket's thread what answers its datagrams
    /// @param payloadSize octets of the longest response
    /// @throws ListenException if a socket cannot be opened; then none stays open
    public static UdpTransport open(
            InetSocketAddress address,
            Supplier<UdpAnswers> answers,
            int payloadSize,
            EventLoops loops)
            throws IOException {
        var channels = new ArrayList<Channel>();
        try {
            for (InetSocketAddress each : ListenAddresses.of(address)) {
                listen(each, () -> new UdpQueries(answers.get(), payloadSize), loops, channels);
            }
        } catch (IOException e) {
            EventLoops.closeAll(channels);
            throw e;
        }
        return new UdpTransport(List.copyOf(channels));
    }

    private static void listen(
            InetSocketAddress address,
            Supplier<UdpQueries> handlers,
            EventLoops loops,
            List<Channel> channels)
            throws IOException {
        refuseTaken(address);
        InetSocketAddress bound = address;
        for (EventLoop loop : EventLoops.isEpoll() ? loops.all() : loops.all().subList(0, 1)) {
            Channel channel = bind(bound, handlers.get(), loop);
            channels.add(channel);
            bound = (InetSocketAddress) channel.localAddress();
        }
    }

    /// SO_REUSEPORT would let two name servers of one user share an address unawares.
    private static void refuseTaken(InetSocketAddress address) throws IOException {
        try (var probe = new DatagramSocket(null)) {
            probe.setReuseAddress(false);
            probe.bind(address);
        } catch (IOException e) {
            throw new ListenException(address, "udp", e);
        }
    }

    private static Channel bind(InetSocketAddress address, UdpQueries handler, EventLoop loop)
            throws IOException {
        Bootstrap bootstrap =
                new Bootstrap()
                        .group(loop)
                        .channel(EventLoops.datagramChannel())
                        .option(ChannelOption.SO_RCVBUF, WAITING)
                        .handler(handler);
        if (EventLoops.isEpoll()) {
            bootstrap
                    .option(UnixChannelOption.SO_REUSEPORT, true)
                    .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, MAX_QUERY)
                    .option(
                            ChannelOption.RECVBUF_ALLOCATOR,
                            new FixedRecvByteBufAllocator(MAX_QUERY * BATCH));
        } else {
            bootstrap.option(
                    ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_QUERY));
        }
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) throw new ListenException(address, "udp", bound.cause());
        return bound.channel();
    }

    /// Where it listens, with the port that the system chose if it was to.
    public List<InetSocketAddress> addresses() {
        return channels.stream()
                .map(channel -> (InetSocketAddress) channel.localAddress())
                .distinct()
                .toList();
    }

    /// Stops listening; what was read is answered.
    @Override
    public void close() {
        EventLoops.closeAll(channels);
    }
}
