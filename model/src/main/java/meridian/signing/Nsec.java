package meridian.signing;

import java.io.ByteArrayOutputStream;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import meridian.record.DomainName;
import meridian.record.RecordType;

/// The data of NSEC records: the next name, and which types there are at this one (RFC 4034 §4).
public final class Nsec {

    private Nsec() {}

    public static byte[] rdata(DomainName next, SortedSet<RecordType> types) {
        var octets = new ByteArrayOutputStream();
        octets.writeBytes(next.toWire());
        byte[] window = new byte[32];
        int number = 0;
        int length = 0;
        for (RecordType type : types) {
            if (type.number() >> 8 != number) {
                put(octets, number, window, length);
                window = new byte[32];
                number = type.number() >> 8;
            }
            int low = type.number() & 0xff;
            window[low >> 3] |= (byte) (0x80 >> (low & 7));
            length = (low >> 3) + 1;
        }
        put(octets, number, window, length);
        return octets.toByteArray();
    }

    /// The same data with fewer types.
    public static byte[] without(byte[] rdata, Set<RecordType> fewer) {
        int at = 0;
        while (rdata[at] != 0) at += 1 + rdata[at];
        DomainName next = DomainName.ofWire(rdata, 0, ++at);
        var types = new TreeSet<RecordType>();
        while (at < rdata.length) {
            int window = (rdata[at] & 0xff) << 8;
            int bits = 8 * rdata[at + 1];
            for (int bit = 0; bit < bits; bit++)
                if ((rdata[at + 2 + bit / 8] & 0x80 >> bit % 8) != 0)
                    types.add(new RecordType(window + bit));
            at += 2 + bits / 8;
        }
        types.removeAll(fewer);
        return rdata(next, types);
    }

    private static void put(ByteArrayOutputStream octets, int number, byte[] window, int length) {
        if (length == 0) return;
        octets.write(number);
        octets.write(length);
        octets.write(window, 0, length);
    }
}
