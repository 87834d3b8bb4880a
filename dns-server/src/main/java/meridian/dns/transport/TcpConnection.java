package meridian.dns.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import meridian.dns.Responder;
import meridian.dns.Transfers;
import meridian.dns.Transport;
import meridian.dns.wire.ResponseWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection: queries and responses, each after its length in two octets (RFC 1035 §4.2.2),
/// answered in the order they came (RFC 7766 §6.2.1.1 would let us do otherwise).
///
/// While the client does not take its responses nothing more is read or answered, so a connection
/// holds one read of queries and about one response at most. What counts against the idle timeout
/// is whole queries and whole responses, so that dribbled octets do not hold a connection open; nor
/// do those of a TLS handshake, which is before all of this and counts as silence.
///
/// A zone transfer is many messages. After each the other connections of this thread have a turn.
final class TcpConnection extends ChannelInboundHandlerAdapter {

    /// Told to a connection when the server stops: answer what was read, and close.
    record Stop() {}

    private static final Logger LOG = LoggerFactory.getLogger(TcpTransport.class);
    private static final int LENGTH = 2;

    private final Responder responder;
    private final InetSocketAddress client;
    private final Transport transport;
    private final Duration idle;
    private final ChannelFutureListener onWritten = this::written;
    private ByteBuf received = Unpooled.EMPTY_BUFFER;
    private Optional<Transfers.Messages> transfer = Optional.empty();
    private long lastProgress;
    private boolean serving;
    private boolean ending;

    TcpConnection(
            Responder responder, InetSocketAddress client, Transport transport, Duration idle) {
        this.responder = responder;
        this.client = client;
        this.transport = transport;
        this.idle = idle;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        lastProgress = now(context);
        closeWhenIdle(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object octets) {
        received =
                ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(
                        context.alloc(), received, (ByteBuf) octets);
        serve(context);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        serve(context);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (isEnd(event)) {
            ending = true;
            serve(context);
        }
    }

    /// The client has said all, in the clear or within TLS, or we stop.
    private static boolean isEnd(Object event) {
        return switch (event) {
            case ChannelInputShutdownEvent _, Stop _ -> true;
            case SslCloseCompletionEvent goodbye -> goodbye.isSuccess();
            default -> false;
        };
    }

    /// Flushing may make the channel writable, which calls back here: once at a time is enough.
    private void serve(ChannelHandlerContext context) {
        if (serving) return;
        serving = true;
        try {
            while (transfer.isEmpty() && hasQuery() && canWrite(context)) respond(context);
            if (transfer.isPresent() && canWrite(context)) goOn(context, transfer.get());
            context.flush();
        } catch (RuntimeException defect) {
            responder.connectionFailed(defect);
            endTransfer();
            var _ = context.close();
            return;
        } finally {
            serving = false;
        }
        boolean isOpen = !ending && transfer.isEmpty() && context.channel().isWritable();
        context.channel().config().setAutoRead(isOpen);
        if (ending && transfer.isEmpty() && !hasQuery()) endAfterLastResponse(context);
    }

    private boolean hasQuery() {
        return received.readableBytes() >= LENGTH
                && received.readableBytes()
                        >= LENGTH + received.getUnsignedShort(received.readerIndex());
    }

    private static boolean canWrite(ChannelHandlerContext context) {
        if (!context.channel().isWritable()) context.flush();
        return context.channel().isWritable();
    }

    private void respond(ChannelHandlerContext context) {
        int length = received.readUnsignedShort();
        ByteBuffer query = received.nioBuffer(received.readerIndex(), length);
        received.skipBytes(length);
        lastProgress = now(context);
        transfer = responder.transfer(query, client);
        if (transfer.isPresent()) return;
        write(response -> responder.respond(query, client, transport, response), context);
    }

    private void goOn(ChannelHandlerContext context, Transfers.Messages messages) {
        if (!write(messages, context)) endTransfer();
        if (messages.isCutOff()) {
            var _ = context.close();
            return;
        }
        context.executor().execute(() -> serve(context));
    }

    /// Whether there was a message to write.
    private boolean write(Transfers.Messages messages, ChannelHandlerContext context) {
        ByteBuf scratch = context.alloc().ioBuffer(ResponseWriter.MAX_LENGTH);
        try {
            ByteBuffer message = scratch.nioBuffer(0, ResponseWriter.MAX_LENGTH);
            if (!messages.next(message)) return false;
            var _ = context.write(framed(message.flip(), context)).addListener(onWritten);
            return true;
        } finally {
            scratch.release();
        }
    }

    /// A copy as long as the response: while it waits for a slow client it holds no more.
    private static ByteBuf framed(ByteBuffer response, ChannelHandlerContext context) {
        int length = response.remaining();
        return context.alloc().ioBuffer(LENGTH + length).writeShort(length).writeBytes(response);
    }

    private void written(ChannelFuture write) {
        if (write.isSuccess()) lastProgress = write.channel().eventLoop().ticker().nanoTime();
    }

    private void endAfterLastResponse(ChannelHandlerContext context) {
        var _ =
                context.writeAndFlush(Unpooled.EMPTY_BUFFER)
                        .addListener(ChannelFutureListener.CLOSE);
    }

    private void closeWhenIdle(ChannelHandlerContext context) {
        long left = lastProgress + idle.toNanos() - now(context);
        if (left <= 0) {
            var _ = context.close();
        } else {
            Runnable again = () -> closeWhenIdle(context);
            var _ = context.executor().schedule(again, left, TimeUnit.NANOSECONDS);
        }
    }

    private static long now(ChannelHandlerContext context) {
        return context.executor().ticker().nanoTime();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        received.release();
        received = Unpooled.EMPTY_BUFFER;
        endTransfer();
    }

    private void endTransfer() {
        transfer.ifPresent(Transfers.Messages::end);
        transfer = Optional.empty();
    }

    /// A reset by the client, as a rule; there is nobody to tell.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("closing {}", context.channel(), cause);
        var _ = context.close();
    }
}
