package meridian.dns.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Before a connection from a load balancer, until its [ProxyHeader] has come; then it makes way
/// for what serves whoever that is.
final class ProxyGate extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(TcpTransport.class);

    private final Duration patience;
    private final Consumer<Optional<InetSocketAddress>> known;
    private final Runnable refused;
    private ByteBuf received = Unpooled.EMPTY_BUFFER;

    /// @param patience for how long the header may take
    /// @param known adds what serves the client to the pipeline, or closes the connection
    /// @param refused counts a connection without a header, or with one that is broken
    ProxyGate(Duration patience, Consumer<Optional<InetSocketAddress>> known, Runnable refused) {
        this.patience = patience;
        this.known = known;
        this.refused = refused;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        var _ =
                context.executor()
                        .schedule(
                                () -> refuse(context, "no header came"),
                                patience.toNanos(),
                                TimeUnit.NANOSECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object octets) {
        received =
                ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(
                        context.alloc(), received, (ByteBuf) octets);
        switch (ProxyReader.read(received.nioBuffer())) {
            case ProxyHeader.Whole whole -> pass(context, whole);
            case ProxyHeader.Broken(var why) -> refuse(context, "its header " + why);
            case ProxyHeader.Begun() -> {
                // the rest is to come
            }
        }
    }

    /// What comes after this one has missed that the connection is active, and the octets that came
    /// with the header.
    private void pass(ChannelHandlerContext context, ProxyHeader.Whole header) {
        known.accept(header.client());
        context.fireChannelActive();
        ByteBuf rest = received.skipBytes(header.length());
        received = Unpooled.EMPTY_BUFFER;
        if (rest.isReadable()) context.fireChannelRead(rest);
        else rest.release();
        // Who was not admitted has nothing else that hears how the connection ends.
        if (context.channel().isOpen()) context.pipeline().remove(this);
    }

    /// The end before a header is no header either; and when we stop, there is nothing to answer.
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent)
            refuse(context, "it ended without a header");
        if (event instanceof TcpConnection.Stop) {
            var _ = context.close();
        }
    }

    private void refuse(ChannelHandlerContext context, String why) {
        if (context.isRemoved() || !context.channel().isOpen()) return;
        LOG.debug("closing {}: {}", context.channel(), why);
        refused.run();
        var _ = context.close();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        received.release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("closing {}", context.channel(), cause);
        var _ = context.close();
    }
}
