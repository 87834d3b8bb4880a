package meridian.dns.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.nio.ByteBuffer;
import meridian.dns.Responder;
import meridian.dns.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers the datagrams of one socket; responses leave together when a batch has been read.
final class UdpQueries extends SimpleChannelInboundHandler<DatagramPacket> {

    private static final Logger LOG = LoggerFactory.getLogger(UdpTransport.class);

    private final Responder responder;

    UdpQueries(Responder responder) {
        this.responder = responder;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        ByteBuf query = packet.content();
        ByteBuf out = context.alloc().ioBuffer(responder.payloadSize());
        ByteBuffer response = out.internalNioBuffer(0, responder.payloadSize());
        int start = response.position();
        ByteBuffer asked = query.internalNioBuffer(query.readerIndex(), query.readableBytes());
        if (responder.respond(asked, packet.sender(), Transport.UDP, response)) {
            out.writerIndex(response.position() - start);
            var _ = context.write(new DatagramPacket(out, packet.sender()), context.voidPromise());
        } else {
            out.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    /// One failed datagram, such as one that a firewall refuses to send, is no reason to close.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("a datagram failed on {}", context.channel(), cause);
    }
}
