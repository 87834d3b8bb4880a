package meridian.dns.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.codec.quic.QuicException;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.handler.codec.quic.QuicTransportError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.xbill.DNS.Message;
import org.xbill.DNS.WireParseException;

/// A client by Netty's QUIC, which believes one test certificate and may misbehave. Nothing can be
/// waited for longer than ten seconds. The system tests have it too.
public final class QuicClient implements AutoCloseable {

    private static final MultiThreadIoEventLoopGroup LOOPS =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    private final Channel socket;
    private final CompletableFuture<QuicConnectionCloseEvent> closed = new CompletableFuture<>();
    final QuicChannel connection;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int WINDOW = 1_000_000;

    QuicClient(InetSocketAddress server) throws IOException {
        this(server, "first", "doq");
    }

    /// One that takes no octet of any response.
    static QuicClient takingNothing(InetSocketAddress server) throws IOException {
        return new QuicClient(server, "first", "doq", PATIENCE, 0);
    }

    /// One of the protocol `doq`.
    ///
    /// @param host whose certificate it is
    public QuicClient(InetSocketAddress server, X509Certificate expected, String host)
            throws IOException {
        this(server, expected, host, "doq", PATIENCE, WINDOW);
    }

    /// @param name of the certificate that it expects
    QuicClient(InetSocketAddress server, String name, String protocol) throws IOException {
        this(server, name, protocol, PATIENCE);
    }

    /// @param patience for how long it tries to connect
    QuicClient(InetSocketAddress server, String name, String protocol, Duration patience)
            throws IOException {
        this(server, name, protocol, patience, WINDOW);
    }

    private QuicClient(
            InetSocketAddress server, String name, String protocol, Duration patience, int window)
            throws IOException {
        this(
                server,
                TestIdentities.of(name).chain().getFirst(),
                name + ".example.com",
                protocol,
                patience,
                window);
    }

    private QuicClient(
            InetSocketAddress server,
            X509Certificate expected,
            String host,
            String protocol,
            Duration patience,
            int window)
            throws IOException {
        QuicSslContext context =
                QuicSslContextBuilder.forClient()
                        .trustManager(expected)
                        .applicationProtocols(protocol)
                        .build();
        socket =
                new Bootstrap()
                        .group(LOOPS)
                        .channel(NioDatagramChannel.class)
                        .handler(
                                new QuicClientCodecBuilder()
                                        .sslEngineProvider(
                                                of ->
                                                        context.newEngine(
                                                                of.alloc(), host, server.getPort()))
                                        .maxIdleTimeout(10, TimeUnit.SECONDS)
                                        .initialMaxData(10_000_000)
                                        .initialMaxStreamDataBidirectionalLocal(window)
                                        .build())
                        .bind(0)
                        .syncUninterruptibly()
                        .channel();
        try {
            connection =
                    QuicChannel.newBootstrap(socket)
                            .handler(new Watching())
                            .streamHandler(new ChannelInboundHandlerAdapter())
                            .remoteAddress(server)
                            .connect()
                            .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            var _ = socket.close();
            throw new IOException("no connection: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Watching extends ChannelInboundHandlerAdapter {

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof QuicConnectionCloseEvent end) closed.complete(end);
        }
    }

    /// A stream, and what comes on it until its end.
    public record Stream(QuicStreamChannel channel, CompletableFuture<byte[]> received) {

        public void send(byte[] octets) {
            var _ = channel.writeAndFlush(Unpooled.wrappedBuffer(octets));
        }

        public void end() {
            var _ = channel.shutdownOutput();
        }

        /// Says that no more of the query comes, ever (RFC 9250 §4.3.1); QUIC calls it a reset.
        public void giveUp() {
            var _ = channel.shutdownOutput(QuicError.REQUEST_CANCELLED.code());
        }

        /// Asks that no response comes (RFC 9250 §4.3.1).
        public void takeNothing() {
            var _ = channel.shutdownInput(QuicError.REQUEST_CANCELLED.code());
        }

        /// All that came until the end of the stream.
        ///
        /// @throws WireParseException if what came is not one whole message after its length
        public Message response() throws IOException {
            ByteBuffer framed = ByteBuffer.wrap(await(received));
            int length = framed.remaining() < 2 ? -1 : framed.getShort() & 0xffff;
            if (length != framed.remaining())
                throw new WireParseException(
                        "%d octets after a length of %d".formatted(framed.remaining(), length));
            byte[] message = new byte[length];
            framed.get(message);
            return new Message(message);
        }
    }

    /// Waits while as many are open as may be: room for more comes in a frame of its own, which may
    /// be after the last response (RFC 9000 §4.6).
    public Stream open() throws IOException {
        Callable<Optional<Stream>> opening = this::openIfThereIsRoom;
        return Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(opening, Optional::isPresent)
                .orElseThrow();
    }

    private Optional<Stream> openIfThereIsRoom() throws IOException {
        var received = new CompletableFuture<byte[]>();
        try {
            QuicStreamChannel channel =
                    connection
                            .createStream(QuicStreamType.BIDIRECTIONAL, new Collecting(received))
                            .get(10, TimeUnit.SECONDS);
            return Optional.of(new Stream(channel, received));
        } catch (ExecutionException | TimeoutException e) {
            if (e.getCause() instanceof QuicException why
                    && QuicTransportError.STREAM_LIMIT_ERROR.equals(why.error()))
                return Optional.empty();
            throw new IOException("no stream: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Collecting extends ChannelInboundHandlerAdapter {

        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        private final CompletableFuture<byte[]> received;

        Collecting(CompletableFuture<byte[]> received) {
            this.received = received;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object read) throws IOException {
            var buffer = (ByteBuf) read;
            buffer.readBytes(octets, buffer.readableBytes());
            buffer.release();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof ChannelInputShutdownEvent) received.complete(octets.toByteArray());
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            received.completeExceptionally(new IOException("the stream ended early"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            received.completeExceptionally(cause);
        }
    }

    Message ask(byte[] query) throws IOException {
        return sent(framed(query)).response();
    }

    /// A stream on which these octets were all.
    Stream sent(byte[] octets) throws IOException {
        Stream stream = open();
        stream.send(octets);
        stream.end();
        return stream;
    }

    /// A message after its length.
    public static byte[] framed(byte[] message) {
        return ByteBuffer.allocate(2 + message.length)
                .putShort((short) message.length)
                .put(message)
                .array();
    }

    /// Whether neither side has closed the connection.
    public boolean isOpen() {
        return connection.isActive();
    }

    /// With what code the server closed the connection.
    int closedWith() throws IOException {
        return await(closed).error();
    }

    private static <T> T await(CompletableFuture<T> future) throws IOException {
        try {
            return future.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        connection.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
        socket.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
    }
}
