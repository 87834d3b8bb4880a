package meridian.dns.wire;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import meridian.record.RRset;
import meridian.record.RecordType;

/// The messages by which a primary tells of a new version of a zone (RFC 1996 §3).
public final class Notify {

    /// Octets that one has at most, with a signature.
    public static final int MAX_LENGTH = 1232;

    private static final int OPCODE = Header.OPCODE_NOTIFY << 11;
    private static final int OPCODES = 0x7800;
    private static final int RCODES = 0xf;
    private static final int QNAME = 0xc000 | Header.LENGTH;

    private Notify() {}

    /// Writes one from the buffer's position on.
    ///
    /// @param soa of the version
    public static void write(int id, RRset soa, ByteBuffer out) {
        byte[] rdata = soa.rdata().getFirst();
        out.putShort((short) id).putShort((short) (OPCODE | Header.AA));
        out.putShort((short) 1).putShort((short) 1).putInt(0);
        out.put(soa.owner().toWire()).putShort((short) RecordType.SOA.number());
        out.putShort((short) Question.IN);
        out.putShort((short) QNAME).putShort((short) RecordType.SOA.number());
        out.putShort((short) Question.IN).putInt((int) soa.ttl());
        out.putShort((short) rdata.length).put(rdata);
    }

    /// The RCODE of a message that answers the one of an id; nothing of any other.
    public static OptionalInt rcode(ByteBuffer message, int id) {
        if (message.remaining() < Header.LENGTH) return OptionalInt.empty();
        int at = message.position();
        int flags = message.getShort(at + 2);
        boolean isAnswer =
                (message.getShort(at) & 0xffff) == id
                        && (flags & Header.QR) != 0
                        && (flags & OPCODES) == OPCODE;
        return isAnswer ? OptionalInt.of(flags & RCODES) : OptionalInt.empty();
    }
}
