package meridian.signing;

import java.io.ByteArrayOutputStream;
import java.util.SortedSet;
import java.util.TreeSet;
import meridian.record.RecordType;

/// Which types there are at a name, as the records say that deny all others (RFC 4034 §4.1.2, RFC
/// 5155 §3.2.1).
final class TypeBitmap {

    private TypeBitmap() {}

    static void put(SortedSet<RecordType> types, ByteArrayOutputStream octets) {
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
    }

    private static void put(ByteArrayOutputStream octets, int number, byte[] window, int length) {
        if (length == 0) return;
        octets.write(number);
        octets.write(length);
        octets.write(window, 0, length);
    }

    /// The types of one that begins at `from` and ends with the data.
    static SortedSet<RecordType> types(byte[] rdata, int from) {
        var types = new TreeSet<RecordType>();
        for (int at = from; at < rdata.length; at += 2 + rdata[at + 1]) {
            int window = (rdata[at] & 0xff) << 8;
            for (int bit = 0; bit < 8 * rdata[at + 1]; bit++)
                if ((rdata[at + 2 + bit / 8] & 0x80 >> bit % 8) != 0)
                    types.add(new RecordType(window + bit));
        }
        return types;
    }
}
