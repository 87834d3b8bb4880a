package meridian.dns.transport;

import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicSslEngine;
import java.security.cert.X509Certificate;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// How those who come by QUIC are greeted: as by [TlsHandshakes], whose threads these are, through
/// the TLS that Netty's QUIC brings with it.
///
/// Queries may come with the first packet of a connection that goes on from an earlier one (0-RTT):
/// who replays one is told what it would be told anyway, and no other message changes anything here
/// (RFC 9250 §4.5).
public final class QuicHandshakes {

    /// RFC 9250 §7.1.
    private static final String ALPN = "doq";

    private final TlsHandshakes handshakes;
    private volatile @Nullable QuicSslContext context;

    /// @param handshakes where they are worked out and counted
    public QuicHandshakes(TlsHandshakes handshakes) {
        this.handshakes = handshakes;
    }

    /// What the handshakes that begin from now on show.
    public void identify(TlsIdentity identity) {
        context =
                QuicSslContextBuilder.forServer(
                                identity.key(),
                                null,
                                identity.chain().toArray(new X509Certificate[0]))
                        .applicationProtocols(ALPN)
                        .earlyData(true)
                        .build();
    }

    /// For one connection; null, by which Netty drops its first packet, as long as there is no
    /// identity to show.
    @Nullable QuicSslEngine begin(QuicChannel channel) {
        QuicSslContext now = context;
        if (now == null) handshakes.ended(false);
        return now == null ? null : now.newEngine(channel.alloc());
    }

    void ended(boolean isDone) {
        handshakes.ended(isDone);
    }

    Executor threads() {
        return handshakes.threads();
    }
}
