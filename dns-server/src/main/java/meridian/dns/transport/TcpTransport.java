package meridian.dns.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import meridian.dns.Responder;
import meridian.dns.Transport;

/// Queries by TCP (RFC 7766), in the clear or within TLS (RFC 7858).
public final class TcpTransport implements AutoCloseable {

    /// How long a client that takes its last responses slowly may hold up the end.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final int BACKLOG = 1024;

    private final List<Channel> listeners;
    private final ChannelGroup connections;
    private final ConnectionCount count;

    private TcpTransport(List<Channel> listeners, ChannelGroup connections, ConnectionCount count) {
        this.listeners = listeners;
        this.connections = connections;
        this.count = count;
    }

    /// Listens on an address, or on every address of this machine if it is a wildcard.
    ///
    /// @param entrance what stands before the messages of each connection
    /// @throws ListenException if a socket cannot be opened; then none stays open
    public static TcpTransport open(
            InetSocketAddress address,
            Entrance entrance,
            Responder responder,
            TcpLimits limits,
            EventLoops loops)
            throws IOException {
        var listeners = new ArrayList<Channel>();
        var connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        var count = new ConnectionCount(limits);
        var accepted = new Accepted(entrance, responder, limits, count, connections);
        try {
            for (InetSocketAddress each : ListenAddresses.of(address))
                listeners.add(listen(each, loops, accepted));
        } catch (IOException e) {
            EventLoops.closeAll(listeners);
            throw e;
        }
        return new TcpTransport(List.copyOf(listeners), connections, count);
    }

    private static Channel listen(InetSocketAddress address, EventLoops loops, Accepted accepted)
            throws ListenException {
        ChannelFuture bound =
                new ServerBootstrap()
                        .group(loops.group())
                        .channel(EventLoops.serverChannel())
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                        .childHandler(accepted)
                        .bind(address)
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) throw new ListenException(address, "tcp", bound.cause());
        return bound.channel();
    }

    /// Gives each connection that the limits admit its [TcpConnection], and closes the others.
    private static final class Accepted extends ChannelInitializer<Channel> {

        private final Entrance entrance;
        private final Responder responder;
        private final TcpLimits limits;
        private final ConnectionCount count;
        private final ChannelGroup connections;

        Accepted(
                Entrance entrance,
                Responder responder,
                TcpLimits limits,
                ConnectionCount count,
                ChannelGroup connections) {
            this.entrance = entrance;
            this.responder = responder;
            this.limits = limits;
            this.count = count;
            this.connections = connections;
        }

        @Override
        protected void initChannel(Channel channel) {
            // There is no address any more if the client has gone while it waited.
            if (!(channel.remoteAddress() instanceof InetSocketAddress peer)) {
                var _ = channel.close();
            } else if (entrance.isOfProxies(peer.getAddress())) {
                connections.add(channel);
                channel.pipeline()
                        .addLast(
                                new ProxyGate(
                                        limits.idle(),
                                        client -> admit(channel, client.orElse(peer)),
                                        count::headless));
            } else {
                admit(channel, peer);
            }
        }

        private void admit(Channel channel, InetSocketAddress client) {
            if (count.admit(client.getAddress())) {
                var _ = channel.closeFuture().addListener(_ -> count.leave(client.getAddress()));
                connections.add(channel);
                serve(channel, client);
            } else {
                var _ = channel.close();
            }
        }

        private void serve(Channel channel, InetSocketAddress client) {
            Optional<TlsHandshakes> tls = entrance.tls();
            if (tls.isPresent() && !decrypt(channel, tls.get())) {
                var _ = channel.close();
                return;
            }
            Transport transport = tls.isPresent() ? Transport.TLS : Transport.TCP;
            channel.pipeline()
                    .addLast(new TcpConnection(responder, client, transport, limits.idle()));
        }

        private static boolean decrypt(Channel channel, TlsHandshakes handshakes) {
            Optional<SslHandler> handshake = handshakes.begin(channel.alloc());
            handshake.ifPresent(handler -> channel.pipeline().addLast(handler));
            return handshake.isPresent();
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

    /// Connections of load balancers that did not begin as they are to, since the start.
    public long headlessConnections() {
        return count.headlessCount();
    }

    /// Stops listening, answers what was read, and closes all connections.
    @Override
    public void close() {
        EventLoops.closeAll(listeners);
        connections.forEach(c -> c.pipeline().fireUserEventTriggered(new TcpConnection.Stop()));
        connections
                .newCloseFuture()
                .awaitUninterruptibly(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        connections.close().awaitUninterruptibly();
    }
}
