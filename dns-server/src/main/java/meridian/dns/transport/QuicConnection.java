package meridian.dns.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.DefaultQuicStreamFrame;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import meridian.dns.Responder;
import meridian.dns.Transport;
import meridian.dns.wire.Keepalive;
import meridian.dns.wire.Query;
import meridian.dns.wire.QueryReader;
import meridian.dns.wire.ResponseWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection by QUIC, of which each stream has one query (RFC 9250 §4.2).
///
/// A query waits while the client does not take the responses to others: so a connection holds no
/// more than [#MOST_UNSENT] octets of responses and one; of queries no more than [#MOST_HELD], and
/// waiting ones no more than [#STREAMS]. Whoever wants more is told that it is too much. What
/// counts against the idle timeout is as in [TcpConnection]; QUIC's own would begin anew with every
/// packet.
final class QuicConnection extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(QuicTransport.class);

    /// Octets of responses that the client has not taken yet, beyond which it gets no more.
    private static final int MOST_UNSENT = 64 << 10;

    /// Octets of the longest query that we take, without its length: keys, cookies and padding of
    /// one question come to far less.
    static final int LONGEST_QUERY = 4 << 10;

    /// Octets of queries that are not answered yet.
    static final int MOST_HELD = 128 << 10;

    /// Queries that a client may have open at once. Those that it gives up leave QUIC room for
    /// others, but wait here until their turn: there are no more of them either.
    static final int STREAMS = 100;

    private static final int LENGTH = 2;

    /// A query that was read whole, without its length.
    private record Asked(QuicStreamChannel stream, ByteBuf query) {}

    private final Responder responder;
    private final QuicHandshakes handshakes;
    private final Duration idle;
    private final Deque<Asked> waiting = new ArrayDeque<>();
    private boolean isEstablished;
    private int held;
    private int unsent;
    private long lastProgress;

    QuicConnection(Responder responder, QuicHandshakes handshakes, Duration idle) {
        this.responder = responder;
        this.handshakes = handshakes;
        this.idle = idle;
    }

    /// Before the handshake, which counts as silence.
    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        lastProgress = now(context);
        closeWhenIdle(context);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        isEstablished = true;
        handshakes.ended(true);
    }

    /// Octets of a query have come.
    ///
    /// @return whether there is room for them; either way they are held until they are let go
    boolean hold(int octets) {
        held += octets;
        return held <= MOST_HELD;
    }

    /// Octets of a query that will never be whole are gone.
    void letGo(int octets) {
        held -= octets;
    }

    /// A query has come, and nothing after it (RFC 9250 §4.2).
    ///
    /// @param query without its length; is this object's from now on
    void asked(QuicStreamChannel stream, ByteBuf query) {
        waiting.add(new Asked(stream, query));
        answer();
        if (waiting.size() > STREAMS) fail(stream.parent(), QuicError.EXCESSIVE_LOAD);
    }

    private void answer() {
        while (unsent <= MOST_UNSENT && !waiting.isEmpty()) {
            Asked next = waiting.poll();
            try {
                if (next.stream().isActive()) answer(next.stream(), next.query());
            } finally {
                letGo(LENGTH + next.query().readableBytes());
                next.query().release();
            }
        }
    }

    private void answer(QuicStreamChannel stream, ByteBuf received) {
        ByteBuffer query = received.nioBuffer();
        ByteBuf scratch = stream.alloc().ioBuffer(ResponseWriter.MAX_LENGTH);
        try {
            ByteBuffer response = scratch.nioBuffer(0, ResponseWriter.MAX_LENGTH);
            boolean isAnswered =
                    isAllowed(query)
                            && client(stream) instanceof InetSocketAddress client
                            && responder.respond(query, client, Transport.QUIC, response);
            if (isAnswered) send(stream, response.flip());
            else fail(stream.parent(), QuicError.PROTOCOL);
        } finally {
            scratch.release();
        }
    }

    private static Object client(QuicStreamChannel stream) {
        return stream.parent().remoteSocketAddress();
    }

    /// Streams tell queries apart, so ids are 0; and QUIC has its own way to keep a connection (RFC
    /// 9250 §4.2.1, §5.5.2).
    private static boolean isAllowed(ByteBuffer query) {
        boolean hasId = query.remaining() >= LENGTH && query.getShort(query.position()) != 0;
        boolean asksToKeep =
                QueryReader.read(query) instanceof Query asked && asked.asks(Keepalive.CODE);
        return !hasId && !asksToKeep;
    }

    /// With the end of the stream: there is one response to one query. If the client takes none,
    /// the stream has no other end than this one.
    private void send(QuicStreamChannel stream, ByteBuffer response) {
        int length = response.remaining();
        ByteBuf framed = stream.alloc().ioBuffer(LENGTH + length);
        framed.writeShort(length).writeBytes(response);
        unsent += length;
        lastProgress = stream.eventLoop().ticker().nanoTime();
        var _ =
                stream.writeAndFlush(new DefaultQuicStreamFrame(framed, true))
                        .addListener(
                                written -> {
                                    unsent -= length;
                                    if (written.isSuccess()) {
                                        lastProgress = stream.eventLoop().ticker().nanoTime();
                                    } else {
                                        var _ = stream.close();
                                    }
                                    answer();
                                });
    }

    /// Ends a connection, and tells the client why.
    static void fail(QuicChannel connection, QuicError why) {
        var _ = connection.close(true, why.code(), Unpooled.EMPTY_BUFFER);
    }

    private void closeWhenIdle(ChannelHandlerContext context) {
        long left = lastProgress + idle.toNanos() - now(context);
        if (left <= 0) {
            fail((QuicChannel) context.channel(), QuicError.NONE);
        } else if (context.channel().isOpen()) {
            Runnable again = () -> closeWhenIdle(context);
            var _ = context.executor().schedule(again, left, TimeUnit.NANOSECONDS);
        }
    }

    private static long now(ChannelHandlerContext context) {
        return context.executor().ticker().nanoTime();
    }

    @Override
    public void channelUnregistered(ChannelHandlerContext context) {
        if (!isEstablished) handshakes.ended(false);
        waiting.forEach(asked -> asked.query().release());
        waiting.clear();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("closing {}", context.channel(), cause);
        if (isEstablished) fail((QuicChannel) context.channel(), QuicError.INTERNAL);
    }
}
