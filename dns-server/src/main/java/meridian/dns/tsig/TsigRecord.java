package meridian.dns.tsig;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import meridian.dns.wire.Tsig;
import meridian.record.DomainName;
import meridian.signing.TsigKey;

/// The octets of TSIG records, and what their codes are over (RFC 8945 §4.3).
final class TsigRecord {

    /// By how many seconds clocks may differ, as the RFC recommends (§10).
    static final int FUDGE = 300;

    private static final int CLASS_ANY = 255;
    private static final int ADDITIONAL = 10;

    /// Octets of a record between its owner and its data.
    private static final int HEAD = 10;

    private TsigRecord() {}

    /// With room for what is told of a wrong time.
    static int length(DomainName key, DomainName algorithm, int code) {
        return key.wireLength() + HEAD + algorithm.wireLength() + Tsig.FIXED + code + 6;
    }

    static byte[] octets(ByteBuffer buffer, int from, int to) {
        byte[] octets = new byte[to - from];
        buffer.get(from, octets);
        return octets;
    }

    /// Whether a message's code is that of a key.
    ///
    /// @param before the code of the message that it answers, if it answers one
    static boolean isGenuine(ByteBuffer message, Tsig tsig, TsigKey key, byte[] before) {
        byte[] code = code(message, tsig, key, before);
        return MessageDigest.isEqual(Arrays.copyOf(code, tsig.code().length), tsig.code());
    }

    private static byte[] code(ByteBuffer message, Tsig tsig, TsigKey key, byte[] before) {
        int start = message.position();
        byte[] signed = octets(message, start, start + tsig.at());
        ByteBuffer header = ByteBuffer.wrap(signed);
        header.putShort(0, (short) tsig.originalId());
        header.putShort(ADDITIONAL, (short) (header.getShort(ADDITIONAL) - 1));
        byte[] variables =
                variables(
                        tsig.key(),
                        tsig.algorithm(),
                        tsig.time(),
                        tsig.fudge(),
                        tsig.error(),
                        tsig.other());
        return key.code(counted(before), signed, variables);
    }

    static boolean isOfNow(Tsig tsig, Instant now) {
        return Math.abs(now.getEpochSecond() - tsig.time()) <= tsig.fudge();
    }

    /// A code before which its length stands; nothing if there is none.
    static byte[] counted(byte[] code) {
        if (code.length == 0) return code;
        return ByteBuffer.allocate(2 + code.length).putShort((short) code.length).put(code).array();
    }

    /// What the code of a message is over beside the message.
    static byte[] variables(
            DomainName key, DomainName algorithm, long time, int fudge, int error, byte[] other) {
        byte[] keyName = lower(key);
        byte[] algorithmName = lower(algorithm);
        return ByteBuffer.allocate(keyName.length + algorithmName.length + 18 + other.length)
                .put(keyName)
                .putShort((short) CLASS_ANY)
                .putInt(0)
                .put(algorithmName)
                .put(timers(time, fudge))
                .putShort((short) error)
                .putShort((short) other.length)
                .put(other)
                .array();
    }

    static byte[] timers(long time, int fudge) {
        return ByteBuffer.allocate(8).put(six(time)).putShort((short) fudge).array();
    }

    static byte[] six(long seconds) {
        return ByteBuffer.allocate(6)
                .putShort((short) (seconds >>> 32))
                .putInt((int) seconds)
                .array();
    }

    private static byte[] lower(DomainName name) {
        byte[] wire = name.toWire().clone();
        for (int i = 0; i < wire.length; i++) wire[i] = DomainName.lower(wire[i]);
        return wire;
    }

    /// Puts a record behind a message, and counts it in the message's header. What has no room for
    /// it goes without, and is not believed.
    static void append(
            ByteBuffer out,
            int start,
            DomainName key,
            DomainName algorithm,
            long time,
            byte[] code,
            int error,
            byte[] other) {
        if (out.remaining() < length(key, algorithm, code.length)) return;
        out.put(key.toWire()).putShort((short) Tsig.TYPE).putShort((short) CLASS_ANY).putInt(0);
        out.putShort((short) (algorithm.wireLength() + Tsig.FIXED + code.length + other.length));
        out.put(algorithm.toWire()).put(timers(time, FUDGE));
        out.putShort((short) code.length).put(code);
        out.putShort(out.getShort(start)).putShort((short) error);
        out.putShort((short) other.length).put(other);
        int additional = start + ADDITIONAL;
        out.putShort(additional, (short) (out.getShort(additional) + 1));
    }
}
