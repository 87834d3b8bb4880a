package meridian.dns.tsig;

import java.nio.ByteBuffer;
import java.time.Instant;
import meridian.dns.wire.Tsig;
import meridian.signing.TsigKey;

/// Signs messages one after the other, each bound to the one before (RFC 8945 §5.3). For one thread
/// at a time.
public final class TsigSession {

    private final TsigKey key;
    private byte[] before;
    private boolean isFirst = true;

    /// @param before the code of the query that is answered; none for a query of ours
    private TsigSession(TsigKey key, byte[] before) {
        this.key = key;
        this.before = before;
    }

    /// For a query of ours.
    public static TsigSession asking(TsigKey key) {
        return new TsigSession(key, new byte[0]);
    }

    static TsigSession answering(TsigKey key, Tsig query) {
        return new TsigSession(key, query.code());
    }

    /// Octets that the record of a message takes.
    public int length() {
        return TsigRecord.length(
                key.name(), key.algorithm().domainName(), key.algorithm().length());
    }

    /// Signs a message that stands from `start` to the buffer's position, behind which there is
    /// room.
    public void sign(ByteBuffer out, int start, Instant now) {
        append(out, start, now.getEpochSecond(), 0, new byte[0]);
    }

    /// Whose time is too far from ours is told so with their time and ours, so that they know what
    /// it is an answer to (RFC 8945 §5.2.3).
    void refuse(ByteBuffer out, int start, Tsig asked, TsigOutcome.Reason reason, Instant now) {
        boolean isTime = reason == TsigOutcome.Reason.BADTIME;
        byte[] ours = isTime ? TsigRecord.six(now.getEpochSecond()) : new byte[0];
        append(out, start, isTime ? asked.time() : now.getEpochSecond(), reason.number(), ours);
    }

    private void append(ByteBuffer out, int start, long time, int error, byte[] other) {
        byte[] message = TsigRecord.octets(out, start, out.position());
        byte[] variables =
                isFirst
                        ? TsigRecord.variables(
                                key.name(),
                                key.algorithm().domainName(),
                                time,
                                TsigRecord.FUDGE,
                                error,
                                other)
                        : TsigRecord.timers(time, TsigRecord.FUDGE);
        byte[] code = key.code(TsigRecord.counted(before), message, variables);
        TsigRecord.append(
                out, start, key.name(), key.algorithm().domainName(), time, code, error, other);
        before = code;
        isFirst = false;
    }
}
