package meridian.dns.wire;

import java.nio.ByteBuffer;
import java.util.List;
import meridian.record.RRset;

/// The number of a zone's version, of 32 bits that run in a circle (RFC 1982).
public record Serial(int bits) {

    /// Octets of the SOA's data from its serial on.
    static final int FROM_END = 20;

    /// The serial of an SOA.
    public static Serial of(RRset soa) {
        byte[] rdata = soa.rdata().getFirst();
        return new Serial(ByteBuffer.wrap(rdata).getInt(rdata.length - FROM_END));
    }

    /// The same SOA with this serial, not signed.
    public RRset in(RRset soa) {
        byte[] rdata = soa.rdata().getFirst().clone();
        ByteBuffer.wrap(rdata).putInt(rdata.length - FROM_END, bits);
        return new RRset(soa.owner(), soa.type(), soa.ttl(), List.of(rdata));
    }

    /// Read from text.
    ///
    /// @throws NumberFormatException if that is no number of 32 bits
    public static Serial of(String text) {
        return new Serial(Integer.parseUnsignedInt(text));
    }

    /// RFC 1982 §3.2. Of two that are half a circle apart neither is.
    public boolean isAfter(Serial other) {
        int ahead = bits - other.bits;
        return ahead > 0;
    }

    /// The one after it. Some take 0 for none.
    public Serial next() {
        return new Serial(bits == -1 ? 1 : bits + 1);
    }

    @Override
    public String toString() {
        return Integer.toUnsignedString(bits);
    }
}
