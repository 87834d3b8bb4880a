package meridian.dns.wire;

/// Of a query's first octets, what its response must repeat or depends on (RFC 1035 §4.1.1).
///
/// @param flags the sixteen bits from QR to RCODE, as they came
public record Header(int id, int flags) {

    public static final int LENGTH = 12;

    public static final int QR = 0x8000;
    public static final int AA = 0x0400;
    public static final int TC = 0x0200;
    public static final int RD = 0x0100;
    public static final int CD = 0x0010;

    public static final int OPCODE_QUERY = 0;
    public static final int OPCODE_NOTIFY = 4;
    public static final int OPCODE_UPDATE = 5;

    private static final int OPCODE = 0x7800;

    public int opcode() {
        return (flags & OPCODE) >> 11;
    }

    boolean isResponse() {
        return (flags & QR) != 0;
    }

    /// What a response's flags begin with: the opcode, RD and CD go back as they came (RFC 1035
    /// §4.1.1, RFC 4035 §3.1.6). RA stays 0, for nobody resolves here, and so does AD.
    int echoed() {
        return QR | (flags & (OPCODE | RD | CD));
    }
}
