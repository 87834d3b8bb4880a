package meridian.signing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import meridian.record.RRset;

/// The data of RRSIG records (RFC 4034 §3).
///
/// ```
/// type 2 | algorithm 1 | labels 1 | TTL 4 | expiration 4 | inception 4 | key tag 2 | signer | signature
/// ```
public final class Rrsig {

    private static final int HEAD = 18;
    private static final int EXPIRATION = 8;

    private Rrsig() {}

    /// Signs a set. One that a wildcard owns holds for all names that the wildcard makes: the
    /// asterisk is not among its labels.
    public static byte[] of(RRset rrset, SigningKey key, Instant inception, Instant expiration) {
        byte[] signer = Canonical.lower(key.zone().toWire());
        int labels = rrset.owner().labelCount() - (rrset.owner().isWildcard() ? 1 : 0);
        byte[] unsigned =
                ByteBuffer.allocate(HEAD + signer.length)
                        .putShort((short) rrset.type().number())
                        .put((byte) key.algorithm().number())
                        .put((byte) labels)
                        .putInt((int) rrset.ttl())
                        .putInt((int) expiration.getEpochSecond())
                        .putInt((int) inception.getEpochSecond())
                        .putShort((short) key.tag())
                        .put(signer)
                        .array();
        byte[] signature = key.algorithm().sign(key.privateKey(), signed(unsigned, rrset));
        byte[] rdata = Arrays.copyOf(unsigned, unsigned.length + signature.length);
        System.arraycopy(signature, 0, rdata, unsigned.length, signature.length);
        return rdata;
    }

    /// Whether an RRSIG's data is a signature of this set by the key; when it is valid is another
    /// question.
    ///
    /// @param rrset as it was signed: owned by the wildcard, if one owns it
    public static boolean verifies(byte[] rdata, RRset rrset, SigningKey key) {
        int begin = HEAD + key.zone().wireLength();
        byte[] unsigned = Arrays.copyOf(rdata, begin);
        byte[] signature = Arrays.copyOfRange(rdata, begin, rdata.length);
        return key.algorithm().verifies(key.publicKey(), signed(unsigned, rrset), signature);
    }

    /// What an RRSIG's data says of its end; the calendar of RFC 4034 §3.1.5, good until 2106.
    public static Instant expiration(byte[] rdata) {
        return Instant.ofEpochSecond(ByteBuffer.wrap(rdata).getInt(EXPIRATION) & 0xffff_ffffL);
    }

    /// Whether an RRSIG's data is a signature that has ended, by the calendar of RFC 4034 §3.1.5.
    ///
    /// @param now in seconds since 1970
    public static boolean hasEnded(byte[] rdata, long now) {
        return (int) now - ByteBuffer.wrap(rdata).getInt(EXPIRATION) >= 0;
    }

    private static byte[] signed(byte[] unsigned, RRset rrset) {
        var octets = new ByteArrayOutputStream();
        octets.writeBytes(unsigned);
        octets.writeBytes(Canonical.records(rrset));
        return octets.toByteArray();
    }

    /// The same for the same records and TTL of one owner, and for no others: by what signatures
    /// are remembered.
    public static byte[] identity(RRset rrset) {
        return Canonical.records(rrset);
    }
}
