package meridian.dns.transport;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/// The threads that all sockets share: epoll on Linux, NIO elsewhere.
public final class EventLoops implements AutoCloseable {

    /// What has been read is answered within this, or the process goes without it.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final IoEventLoopGroup group;

    private EventLoops(int threads) {
        IoHandlerFactory io = isEpoll() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        group = new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("dns"), io);
    }

    /// One for each core.
    public static EventLoops perCore() {
        return new EventLoops(Runtime.getRuntime().availableProcessors());
    }

    public static EventLoops of(int threads) {
        return new EventLoops(threads);
    }

    static boolean isEpoll() {
        return Epoll.isAvailable();
    }

    IoEventLoopGroup group() {
        return group;
    }

    List<EventLoop> all() {
        return StreamSupport.stream(group.spliterator(), false).map(EventLoop.class::cast).toList();
    }

    static Class<? extends DatagramChannel> datagramChannel() {
        return isEpoll() ? EpollDatagramChannel.class : NioDatagramChannel.class;
    }

    static Class<? extends ServerChannel> serverChannel() {
        return isEpoll() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    static void closeAll(Iterable<? extends Channel> channels) {
        for (Channel channel : channels) channel.close().syncUninterruptibly();
    }

    /// Ends the threads; close the transports first.
    @Override
    public void close() {
        group.shutdownGracefully(0, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .syncUninterruptibly();
    }
}
