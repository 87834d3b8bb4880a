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
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import meridian.dns.UdpAnswers;

/// Queries by UDP through Netty, which runs everywhere.
///
/// On Linux each event loop has a socket of its own on the same address (SO_REUSEPORT), among which
/// the kernel spreads the clients, and takes up to [#BATCH] datagrams with one system call.
final class NettyUdp implements UdpTransport {

    /// No query needs as much; a longer datagram is cut, and so malformed.
    private static final int MAX_QUERY = 2048;

    private static final int BATCH = 32;

    /// Octets that wait in the kernel while a loop is busy. Linux counts about 800 for a query, so
    /// that its usual 208 KiB are full after 270; it gives no more than `net.core.rmem_max`.
    private static final int WAITING = 4 << 20;

    private final List<Channel> channels;
    private final UdpCounters counters;

    private NettyUdp(List<Channel> channels, UdpCounters counters) {
        this.channels = channels;
        this.counters = counters;
    }

    /// See [UdpTransport#open].
    static NettyUdp open(
            InetSocketAddress address,
            Supplier<UdpAnswers> answers,
            int payloadSize,
            EventLoops loops)
            throws IOException {
        var channels = new ArrayList<Channel>();
        var counters = new UdpCounters(InstantSource.system());
        try {
            for (InetSocketAddress each : ListenAddresses.of(address)) {
                listen(
                        each,
                        () -> new UdpQueries(answers.get(), payloadSize, counters),
                        loops,
                        channels);
            }
        } catch (IOException e) {
            EventLoops.closeAll(channels);
            throw e;
        }
        return new NettyUdp(List.copyOf(channels), counters);
    }

    private static void listen(
            InetSocketAddress address,
            Supplier<UdpQueries> handlers,
            EventLoops loops,
            List<Channel> channels)
            throws IOException {
        ListenAddresses.refuseTaken(address);
        InetSocketAddress bound = address;
        for (EventLoop loop : EventLoops.isEpoll() ? loops.all() : loops.all().subList(0, 1)) {
            Channel channel = bind(bound, handlers.get(), loop);
            channels.add(channel);
            bound = (InetSocketAddress) channel.localAddress();
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

    @Override
    public List<InetSocketAddress> addresses() {
        return channels.stream()
                .map(channel -> (InetSocketAddress) channel.localAddress())
                .distinct()
                .toList();
    }

    @Override
    public Counts counts() {
        return counters.counts();
    }

    /// The kernel counts them, and Netty does not ask it.
    @Override
    public OptionalLong dropped() {
        return OptionalLong.empty();
    }

    @Override
    public void close() {
        EventLoops.closeAll(channels);
    }
}
