package meridian.dns.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.quic.Quic;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import meridian.dns.Responder;

/// Queries by QUIC (RFC 9250), which Netty speaks through a native library: no other class may name
/// its classes, so that whoever does not configure it does not load them.
public final class QuicTransport implements AutoCloseable {

    /// How long clients may hold up the end.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /// Octets of the longest datagram that we take.
    private static final int MAX_DATAGRAM = 1500;

    private static final int BATCH = 32;

    /// Octets that wait in the kernel while the loop is busy.
    private static final int WAITING = 4 << 20;

    /// Octets that a client may send ahead on one stream: the longest query after its length.
    private static final int MOST_OF_STREAM = 2 + QuicConnection.LONGEST_QUERY;

    /// Idle timeouts after which QUIC itself forgets a connection without a word: by then we have
    /// closed it, and told the client.
    private static final int FALLEN_SILENT = 2;

    private static final int KEY_LENGTH = 32;

    private final List<Channel> listeners;
    private final ChannelGroup connections;
    private final ConnectionCount count;

    private QuicTransport(
            List<Channel> listeners, ChannelGroup connections, ConnectionCount count) {
        this.listeners = listeners;
        this.connections = connections;
        this.count = count;
    }

    /// Listens on an address, or on every address of this machine if it is a wildcard.
    ///
    /// @param limits as those of TCP
    /// @throws IOException if a socket cannot be opened, or there is no library for this machine;
    ///   then none stays open
    public static QuicTransport open(
            InetSocketAddress address,
            QuicHandshakes handshakes,
            Responder responder,
            TcpLimits limits,
            EventLoops loops)
            throws IOException {
        if (!Quic.isAvailable())
            throw new IOException(
                    "DNS over QUIC needs a native library that is not there for this machine: "
                            + Quic.unavailabilityCause().getMessage(),
                    Quic.unavailabilityCause());
        var listeners = new ArrayList<Channel>();
        var connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        var count = new ConnectionCount(limits);
        var accepted = new Accepted(responder, handshakes, limits, count, connections);
        try {
            for (InetSocketAddress each : ListenAddresses.of(address)) {
                ListenAddresses.refuseTaken(each);
                listeners.add(listen(each, codec(accepted), loops));
            }
        } catch (IOException e) {
            EventLoops.closeAll(listeners);
            throw e;
        }
        return new QuicTransport(List.copyOf(listeners), connections, count);
    }

    private static Channel listen(InetSocketAddress address, ChannelHandler codec, EventLoops loops)
            throws ListenException {
        Bootstrap bootstrap =
                new Bootstrap()
                        .group(loops.group())
                        .channel(EventLoops.datagramChannel())
                        .option(ChannelOption.SO_RCVBUF, WAITING)
                        .handler(codec);
        if (EventLoops.isEpoll()) {
            bootstrap
                    .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, MAX_DATAGRAM)
                    .option(
                            ChannelOption.RECVBUF_ALLOCATOR,
                            new FixedRecvByteBufAllocator(MAX_DATAGRAM * BATCH));
        } else {
            bootstrap.option(
                    ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM));
        }
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) throw new ListenException(address, "udp", bound.cause());
        return bound.channel();
    }

    private static ChannelHandler codec(Accepted accepted) {
        byte[] key = new byte[KEY_LENGTH];
        new SecureRandom().nextBytes(key);
        TcpLimits limits = accepted.limits;
        return new QuicServerCodecBuilder()
                .sslEngineProvider(accepted.handshakes::begin)
                .sslTaskExecutor(accepted.handshakes.threads())
                .tokenHandler(new QuicTokens(key, InstantSource.system(), accepted.count::isBusy))
                .maxIdleTimeout(FALLEN_SILENT * limits.idle().toMillis(), TimeUnit.MILLISECONDS)
                .maxRecvUdpPayloadSize(MAX_DATAGRAM)
                .initialMaxData(QuicConnection.MOST_HELD)
                .initialMaxStreamDataBidirectionalRemote(MOST_OF_STREAM)
                .initialMaxStreamsBidirectional(QuicConnection.STREAMS)
                .activeMigration(false)
                .handler(accepted)
                .streamHandler(new Streams())
                .build();
    }

    /// Gives each connection that the limits admit its [QuicConnection], and closes the others.
    private static final class Accepted extends ChannelInitializer<QuicChannel> {

        private final Responder responder;
        private final QuicHandshakes handshakes;
        private final TcpLimits limits;
        private final ConnectionCount count;
        private final ChannelGroup connections;

        Accepted(
                Responder responder,
                QuicHandshakes handshakes,
                TcpLimits limits,
                ConnectionCount count,
                ChannelGroup connections) {
            this.responder = responder;
            this.handshakes = handshakes;
            this.limits = limits;
            this.count = count;
            this.connections = connections;
        }

        @Override
        protected void initChannel(QuicChannel channel) {
            if (channel.remoteSocketAddress() instanceof InetSocketAddress client
                    && count.admit(client.getAddress())) {
                var _ = channel.closeFuture().addListener(_ -> count.leave(client.getAddress()));
                connections.add(channel);
                channel.pipeline()
                        .addLast(new QuicConnection(responder, handshakes, limits.idle()));
            } else {
                channel.pipeline().addLast(new Refused());
                // Once the client's first packet has been read, there are keys to tell it by.
                channel.eventLoop()
                        .execute(() -> QuicConnection.fail(channel, QuicError.EXCESSIVE_LOAD));
            }
        }
    }

    /// In place of what would serve a client: how it ends is of no interest, nor a line of the log.
    private static final class Refused extends ChannelInboundHandlerAdapter {

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var _ = context.close();
        }
    }

    /// Gives each stream its [QuicStream].
    @ChannelHandler.Sharable
    private static final class Streams extends ChannelInitializer<Channel> {

        @Override
        protected void initChannel(Channel stream) {
            QuicConnection connection = stream.parent().pipeline().get(QuicConnection.class);
            if (connection == null) {
                stream.pipeline().addLast(new Refused());
                var _ = stream.close();
            } else {
                stream.pipeline().addLast(new QuicStream(connection));
            }
        }
    }

    /// Where it listens, with the port that the system chose if it was to.
    public List<InetSocketAddress> addresses() {
        return listeners.stream().map(c -> (InetSocketAddress) c.localAddress()).toList();
    }

    public int openConnections() {
        return count.open();
    }

    /// Connections that the limits did not admit, since the start.
    public long refusedConnections() {
        return count.refused();
    }

    /// Tells all clients that this is the end, and stops listening.
    @Override
    public void close() {
        for (Channel connection : connections)
            QuicConnection.fail((QuicChannel) connection, QuicError.NONE);
        connections
                .newCloseFuture()
                .awaitUninterruptibly(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        EventLoops.closeAll(listeners);
    }
}
