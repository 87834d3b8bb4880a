package meridian.dns;

import java.util.Optional;
import meridian.dns.wire.Edns;
import meridian.dns.wire.ResponseWriter;

/// How a query came, which decides how long its response may be.
public enum Transport {
    UDP {
        @Override
        int limit(Optional<Edns> edns, int payloadSize) {
            int accepted = edns.map(Edns::payloadSize).orElse(ResponseWriter.PLAIN_UDP);
            return Math.max(ResponseWriter.PLAIN_UDP, Math.min(accepted, payloadSize));
        }
    },
    TCP {
        @Override
        int limit(Optional<Edns> edns, int payloadSize) {
            return ResponseWriter.MAX_LENGTH;
        }
    };

    /// @param payloadSize what we send over UDP at most, whatever the client takes (RFC 6891
    ///   §6.2.5)
    abstract int limit(Optional<Edns> edns, int payloadSize);
}
