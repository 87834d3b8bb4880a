package meridian.dns.tsig;

import java.nio.ByteBuffer;
import java.time.Instant;
import meridian.dns.wire.Tsig;
import meridian.signing.TsigKey;

/// What looking at a query's signature came to.
public sealed interface TsigOutcome {

    /// It is the key's owner's, and of now.
    ///
    /// @param session signs what is said back
    record Genuine(TsigKey key, TsigSession session) implements TsigOutcome {}

    /// It is not to be believed; nothing but this is said back, with NOTAUTH (RFC 8945 §5.2).
    record Refused(Tsig asked, Reason reason, Answering answering) implements TsigOutcome {}

    /// Its code has a length that none of its algorithm has: FORMERR (RFC 8945 §5.2.2.1).
    record Malformed() implements TsigOutcome {}

    /// Why a signature is not to be believed, by the numbers of RFC 8945 §3.
    enum Reason {
        BADSIG(16),
        BADKEY(17),
        BADTIME(18),
        BADTRUNC(22);

        private final int number;

        Reason(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    /// Appends the TSIG record of a refusal: signed where we share the key and the code was good.
    @FunctionalInterface
    interface Answering {
        void append(ByteBuffer out, int start, Instant now);
    }
}
