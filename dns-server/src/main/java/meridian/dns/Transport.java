package meridian.dns;

import java.util.Optional;
import meridian.dns.wire.Edns;
import meridian.dns.wire.ResponseWriter;

/// How a query came, which decides how long its response may be, and what it says of the way.
public enum Transport {
    UDP(false, false),
    TCP(true, false),
    TLS(true, true);

    private final boolean isConnected;
    private final boolean isEncrypted;

    Transport(boolean isConnected, boolean isEncrypted) {
        this.isConnected = isConnected;
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

    /// Whether there is a connection to say something of (RFC 7828 §3.3.2).
    boolean isConnected() {
        return isConnected;
    }

    /// Whether there is anything to hide: in the clear, padding only makes messages longer (RFC
    /// 7830 §6).
    boolean isEncrypted() {
        return isEncrypted;
    }
}
