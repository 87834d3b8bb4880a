package meridian.dns.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.quic.QuicStreamChannel;

/// One stream: a query after its length in two octets, then the end; then its response, likewise
/// (RFC 9250 §4.2). Anything else ends the connection, as §4.3.3 there wants.
final class QuicStream extends ChannelInboundHandlerAdapter {

    private static final int LENGTH = 2;

    private final QuicConnection connection;
    private ByteBuf received = Unpooled.EMPTY_BUFFER;
    private boolean isWhole;

    QuicStream(QuicConnection connection) {
        this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object octets) {
        var more = (ByteBuf) octets;
        boolean mayHold = connection.hold(more.readableBytes());
        received = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), received, more);
        if (!mayHold || announced() > QuicConnection.LONGEST_QUERY)
            fail(context, QuicError.EXCESSIVE_LOAD);
        else if (received.readableBytes() > LENGTH + announced()) fail(context, QuicError.PROTOCOL);
    }

    /// The most that is accepted until it is known.
    private int announced() {
        return received.readableBytes() < LENGTH
                ? QuicConnection.LONGEST_QUERY
                : received.getUnsignedShort(received.readerIndex());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof ChannelInputShutdownEvent) || isWhole) return;
        if (received.readableBytes() != LENGTH + announced()) {
            fail(context, QuicError.PROTOCOL);
            return;
        }
        isWhole = true;
        ByteBuf query = received.skipBytes(LENGTH);
        received = Unpooled.EMPTY_BUFFER;
        connection.asked((QuicStreamChannel) context.channel(), query);
    }

    private static void fail(ChannelHandlerContext context, QuicError why) {
        QuicConnection.fail(((QuicStreamChannel) context.channel()).parent(), why);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        connection.letGo(received.readableBytes());
        received.release();
        received = Unpooled.EMPTY_BUFFER;
    }

    /// The client has given up this query, or takes no response to it.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var stream = (QuicStreamChannel) context.channel();
        var _ = stream.shutdown(QuicError.REQUEST_CANCELLED.code());
    }
}
