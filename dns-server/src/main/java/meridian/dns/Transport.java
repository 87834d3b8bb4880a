package meridian.dns;

import java.util.Optional;
import meridian.dns.wire.Edns;
import meridian.dns.wire.ResponseWriter;

/// How a query came, which decides how long its response may be, and what it says of the way.
public enum Transport {
    UDP(false, false),
    TCP(true, false),
    TLS(true, true),

    /// Its own idle timeout is part of its handshake.
    QUIC(false, true);

    private final boolean tellsIdleTimeout;
    private final boolean isEncrypted;

    Transport(boolean tellsIdleTimeout, boolean isEncrypted) {
        this.tellsIdleTimeout = tellsIdleTimeout;
        this.isEncrypted = isEncrypted;
    }

    /// Octets of the longest response.
    ///
    /// @param payloadSize what we send over UDP at most, whatever the client takes (RFC 6891
    ///   §6.2.5)
    int limit(Optional<Edns> edns, int payloadSize) {
        if (this != UDP) return ResponseWriter.MAX_LENGTH;
        int accepted = edns.map(Edns::payloadSize).orElse(ResponseWriter.PLAIN_UDP);
        return Math.max(ResponseWriter.PLAIN_UDP, Math.min(accepted, payloadSize));
    }

    /// Whether there is a connection of which the keepalive option says something (RFC 7828 §3.3.2,
    /// RFC 9250 §5.5.2).
    boolean tellsIdleTimeout() {
        return tellsIdleTimeout;
    }

    /// Whether there is anything to hide: in the clear, padding only makes messages longer (RFC
    /// 7830 §6).
    boolean isEncrypted() {
        return isEncrypted;
    }
}
