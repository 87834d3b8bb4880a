package meridian.dns.transfer;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.stream.Stream;
import meridian.record.RRset;

/// The same for the same records, in whatever order they stand: each RRset's digest, added up. So
/// what a large zone always says is digested once, and what changes is added to it.
record Digest(long a, long b, long c, long d) {

    private static final int OCTETS = 4 * Long.BYTES;

    static Digest of(Stream<RRset> rrsets) {
        MessageDigest sha256 = sha256();
        var sum = new Digest(0, 0, 0, 0);
        for (Iterator<RRset> all = rrsets.iterator(); all.hasNext(); )
            sum = sum.plus(of(all.next(), sha256));
        return sum;
    }

    Digest plus(Digest other) {
        return new Digest(a + other.a, b + other.b, c + other.c, d + other.d);
    }

    private static Digest of(RRset rrset, MessageDigest sha256) {
        sha256.update(rrset.owner().toWire());
        sha256.update(
                ByteBuffer.allocate(6)
                        .putShort((short) rrset.type().number())
                        .putInt((int) rrset.ttl())
                        .flip());
        rrset.rdata().stream()
                .sorted(Arrays::compareUnsigned)
                .forEach(
                        one -> {
                            sha256.update((byte) (one.length >> 8));
                            sha256.update((byte) one.length);
                            sha256.update(one);
                        });
        ByteBuffer digest = ByteBuffer.wrap(sha256.digest());
        return new Digest(digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// In hexadecimal.
    @Override
    public String toString() {
        ByteBuffer octets = ByteBuffer.allocate(OCTETS);
        octets.putLong(a).putLong(b).putLong(c).putLong(d);
        return HexFormat.of().formatHex(octets.array());
    }
}
