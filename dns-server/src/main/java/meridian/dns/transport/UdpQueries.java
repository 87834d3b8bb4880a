package meridian.dns.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import meridian.dns.ResolverAddress;
import meridian.dns.UdpAnswers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers the datagrams of one socket; responses leave together when a batch has been read.
final class UdpQueries extends SimpleChannelInboundHandler<DatagramPacket> {

    private static final Logger LOG = LoggerFactory.getLogger(UdpTransport.class);

    private final UdpAnswers answers;
    private final int payloadSize;
    private final UdpCounters counters;
    private final ResolverAddress from = new ResolverAddress();

    UdpQueries(UdpAnswers answers, int payloadSize, UdpCounters counters) {
        this.answers = answers;
        this.payloadSize = payloadSize;
        this.counters = counters;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        ByteBuf out = context.alloc().ioBuffer(payloadSize);
        if (answer(packet, out) > 0) {
            var response = new DatagramPacket(out, packet.sender());
            var _ = context.write(response, context.voidPromise());
        } else {
            out.release();
        }
    }

    /// A defect costs one datagram.
    private int answer(DatagramPacket packet, ByteBuf out) {
        ByteBuf query = packet.content();
        from.set(packet.sender());
        try {
            int length =
                    answers.answer(
                            query.internalNioBuffer(query.readerIndex(), query.readableBytes()),
                            from,
                            out.internalNioBuffer(0, payloadSize));
            out.writerIndex(length);
            return length;
        } catch (RuntimeException defect) {
            counters.defect(defect);
            return 0;
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    /// One failed datagram, such as one that a firewall refuses to send, is no reason to close.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        counters.failed();
        LOG.debug("a datagram failed on {}", context.channel(), cause);
    }
}
