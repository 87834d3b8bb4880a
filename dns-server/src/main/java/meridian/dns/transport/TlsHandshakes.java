package meridian.dns.transport;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLException;

/// How those who come by TLS are greeted: with the identity of the moment, on threads of their own,
/// and counted. One for all listeners of a node; QUIC, whose handshakes are TLS too, has the
/// threads and the counts of it.
///
/// A handshake costs as much as a thousand answers; on the event loops, connections that are open
/// would wait for those that are not.
public final class TlsHandshakes implements AutoCloseable {

    /// As registered for DNS over TLS; who offers none is served as well (RFC 7858 §3.1).
    private static final String ALPN = "dot";

    /// Sessions that a client without tickets can take up again. With tickets nothing is kept.
    private static final int SESSIONS = 1_000;

    /// How long a client that takes nothing may hold up our goodbye.
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final ExecutorService threads =
            Executors.newFixedThreadPool(
                    Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                    new DefaultThreadFactory("dns-tls", true));
    private final LongAdder done = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private volatile Optional<SslContext> context = Optional.empty();

    /// Totals since the start.
    ///
    /// @param done handshakes that were completed
    /// @param failed those that were not, and connections that came while there was no certificate
    public record Counts(long done, long failed) {}

    /// What the handshakes that begin from now on show.
    ///
    /// @throws IllegalArgumentException if Java's TLS does not take it
    public void identify(TlsIdentity identity) {
        try {
            context =
                    Optional.of(
                            SslContextBuilder.forServer(identity.key(), identity.chain())
                                    .sslProvider(SslProvider.JDK)
                                    .protocols("TLSv1.3", "TLSv1.2")
                                    .sessionCacheSize(SESSIONS)
                                    .applicationProtocolConfig(
                                            new ApplicationProtocolConfig(
                                                    Protocol.ALPN,
                                                    SelectorFailureBehavior.NO_ADVERTISE,
                                                    SelectedListenerFailureBehavior.ACCEPT,
                                                    ALPN))
                                    .build());
        } catch (SSLException e) {
            throw new IllegalArgumentException("cannot be used: " + e.getMessage(), e);
        }
    }

    /// What decrypts one connection; nothing as long as there is no identity to show.
    Optional<SslHandler> begin(ByteBufAllocator allocator) {
        Optional<SslContext> now = context;
        if (now.isEmpty()) failed.increment();
        return now.map(
                of -> {
                    SslHandler handler = of.newHandler(allocator, threads);
                    // The connection's own idle timeout counts from its first octet.
                    handler.setHandshakeTimeoutMillis(0);
                    handler.setCloseNotifyFlushTimeoutMillis(GOODBYE.toMillis());
                    var _ = handler.handshakeFuture().addListener(this::ended);
                    return handler;
                });
    }

    private void ended(Future<?> handshake) {
        ended(handshake.isSuccess());
    }

    /// Counts one.
    void ended(boolean isDone) {
        (isDone ? done : failed).increment();
    }

    Executor threads() {
        return threads;
    }

    public Counts counts() {
        return new Counts(done.sum(), failed.sum());
    }

    /// Ends the threads; close the transports first.
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
