package meridian.signing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;

/// The one form of records that signatures are over (RFC 4034 §6.2, RFC 6840 §5.1).
final class Canonical {

    private static final int CLASS_IN = 1;

    private Canonical() {}

    /// The octets of all records of a set, in their order, with the letters of names in lower case.
    static byte[] records(RRset rrset) {
        byte[] owner = lower(rrset.owner().toWire());
        List<byte[]> data =
                rrset.rdata().stream()
                        .map(one -> rdata(rrset.type(), one))
                        .sorted(Arrays::compareUnsigned)
                        .toList();
        var octets = new ByteArrayOutputStream();
        for (byte[] one : data) {
            octets.writeBytes(owner);
            octets.writeBytes(
                    ByteBuffer.allocate(10)
                            .putShort((short) rrset.type().number())
                            .putShort((short) CLASS_IN)
                            .putInt((int) rrset.ttl())
                            .putShort((short) one.length)
                            .array());
            octets.writeBytes(one);
        }
        return octets.toByteArray();
    }

    /// A name, all of it.
    static byte[] lower(byte[] name) {
        byte[] lower = name.clone();
        lowerFrom(lower, 0);
        return lower;
    }

    private static byte[] rdata(RecordType type, byte[] rdata) {
        int names = namesOf(type.number());
        if (names == 0) return rdata;
        byte[] lower = rdata.clone();
        int at = beginOfNames(type.number(), rdata);
        for (int i = 0; i < names; i++) at = lowerFrom(lower, at);
        return lower;
    }

    /// How many names the data of a type has whose letters count as lower case. Types that came
    /// later keep theirs.
    private static int namesOf(int type) {
        return switch (type) {
            case 2, 3, 4, 5, 7, 8, 9, 12, 39 -> 1; // NS, MD, MF, CNAME, MB, MG, MR, PTR, DNAME
            case 15, 18, 21, 33, 35, 36 -> 1; // MX, AFSDB, RT, SRV, NAPTR, KX
            case 6, 14, 17, 26 -> 2; // SOA, MINFO, RP, PX
            default -> 0;
        };
    }

    private static int beginOfNames(int type, byte[] rdata) {
        return switch (type) {
            case 15, 18, 21, 26, 36 -> 2; // MX, AFSDB, RT, PX, KX
            case 33 -> 6; // SRV
            case 35 -> behindTexts(rdata); // NAPTR
            default -> 0;
        };
    }

    private static int behindTexts(byte[] rdata) {
        int at = 4;
        for (int i = 0; i < 3; i++) at += 1 + (rdata[at] & 0xff);
        return at;
    }

    private static int lowerFrom(byte[] octets, int from) {
        int at = from;
        while (octets[at] != 0) {
            int end = at + 1 + octets[at];
            for (int i = at + 1; i < end; i++) octets[i] = DomainName.lower(octets[i]);
            at = end;
        }
        return at + 1;
    }
}
