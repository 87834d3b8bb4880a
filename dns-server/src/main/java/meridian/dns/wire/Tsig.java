package meridian.dns.wire;

import java.nio.ByteBuffer;
import java.util.Optional;
import meridian.record.DomainName;

/// A TSIG record as it came, the last of its message (RFC 8945 §4.2).
///
/// ```
/// key's name | type, ANY, TTL 0, length | algorithm | time 6 | fudge 2 | length 2, code
///            | original id 2 | error 2 | length 2, other
/// ```
///
/// @param at where in its message it begins, in octets
/// @param time seconds since 1970, by its sender's clock
/// @param fudge by how many seconds that may be wrong
/// @param originalId of the message when it was signed
@SuppressWarnings("ArrayRecordComponent") // nobody changes or compares it
public record Tsig(
        int at,
        DomainName key,
        DomainName algorithm,
        long time,
        int fudge,
        byte[] code,
        int originalId,
        int error,
        byte[] other) {

    public static final int TYPE = 250;

    /// Octets of its data beside the algorithm, the code and what is other.
    public static final int FIXED = 16;

    private static final int CLASS_ANY = 255;
    private static final int HEAD = 10;
    private static final int POINTER = 0xc0;

    /// Reads one, if it is as it should be.
    ///
    /// @param start where the message begins
    /// @param owner where the record's owner begins
    /// @param head where that ends
    /// @param end where the record ends
    static Optional<Tsig> read(ByteBuffer message, int start, int owner, int head, int end) {
        Optional<DomainName> key = name(message, start, owner, end);
        int data = head + HEAD;
        Optional<DomainName> algorithm = name(message, data, data, end);
        if (key.isEmpty() || algorithm.isEmpty()) return Optional.empty();
        if (u16(message, head + 2) != CLASS_ANY) return Optional.empty();
        int at = data + algorithm.get().wireLength();
        if (at + FIXED > end) return Optional.empty();
        int codeLength = u16(message, at + 8);
        int behind = at + 10 + codeLength;
        if (behind + 6 > end) return Optional.empty();
        int otherLength = u16(message, behind + 4);
        if (behind + 6 + otherLength != end) return Optional.empty();
        return Optional.of(
                new Tsig(
                        owner - start,
                        key.get(),
                        algorithm.get(),
                        ((long) u16(message, at) << 32) | (message.getInt(at + 2) & 0xffff_ffffL),
                        u16(message, at + 6),
                        octets(message, at + 10, codeLength),
                        u16(message, behind),
                        u16(message, behind + 2),
                        octets(message, behind + 6, otherLength)));
    }

    /// Pointers lead backwards, and so to an end.
    private static Optional<DomainName> name(ByteBuffer message, int start, int from, int end) {
        byte[] name = new byte[DomainName.MAX_LENGTH];
        int length = 0;
        int at = from;
        int before = from;
        while (at < end) {
            int label = message.get(at) & 0xff;
            if (label >= POINTER) {
                if (at + 2 > end) return Optional.empty();
                at = start + (u16(message, at) & 0x3fff);
                if (at >= before) return Optional.empty();
                before = at;
                continue;
            }
            int all = 1 + label;
            if (label > DomainName.MAX_LABEL || at + all > end || length + all > name.length)
                return Optional.empty();
            message.get(at, name, length, all);
            length += all;
            at += all;
            if (label == 0) return Optional.of(DomainName.ofWire(name, 0, length));
        }
        return Optional.empty();
    }

    private static byte[] octets(ByteBuffer message, int from, int length) {
        byte[] octets = new byte[length];
        message.get(from, octets);
        return octets;
    }

    private static int u16(ByteBuffer message, int at) {
        return message.getShort(at) & 0xffff;
    }
}
