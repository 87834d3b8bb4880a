package meridian.dns.wire;

import java.nio.ByteBuffer;
import meridian.record.RRset;

/// Which version of its zone a response is made of, for whoever asks: the SOA's serial number, and
/// how many labels the zone's name has (RFC 9660 §2).
public record ZoneVersion(int labels, int serial) {

    /// EDNS option code.
    public static final int CODE = 19;

    private static final byte SOA_SERIAL = 0;

    /// Octets from an SOA's serial number to its end.
    private static final int FIVE_NUMBERS = 20;

    /// That of the zone which has this SOA.
    public static ZoneVersion of(RRset soa) {
        ByteBuffer data = ByteBuffer.wrap(soa.rdata().getFirst());
        return new ZoneVersion(soa.owner().labelCount(), data.getInt(data.limit() - FIVE_NUMBERS));
    }

    public EdnsOption option() {
        ByteBuffer data = ByteBuffer.allocate(6).put((byte) labels).put(SOA_SERIAL).putInt(serial);
        return new EdnsOption(CODE, data.array());
    }
}
