package meridian.signing;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.util.Arrays;
import meridian.record.DomainName;

/// A key of a zone, with both of its halves.
///
/// @param flags 256 for a key that signs the zone, 257 for one that the parent's DS names
/// @param publicKey as in the DNSKEY
/// @param privateKey as key files have it
@SuppressWarnings("ArrayRecordComponent") // nobody changes it, and equality is by its content
public record SigningKey(
        DomainName zone,
        int flags,
        Algorithm algorithm,
        byte[] publicKey,
        PrivateKey privateKey,
        KeyTiming timing) {

    public static final int ZONE_FLAG = 256;
    public static final int ENTRY_FLAG = 257;

    private static final int PROTOCOL = 3;
    private static final int SHA_256 = 2;

    public SigningKey {
        if (flags != ZONE_FLAG && flags != ENTRY_FLAG)
            throw new IllegalArgumentException(
                    "the key has the flags " + flags + "; 256 or 257 is accepted");
        byte[] probe = {1};
        if (!algorithm.verifies(publicKey, probe, algorithm.sign(privateKey, probe)))
            throw new IllegalArgumentException("the private key is not that of the public key");
    }

    /// Whether it is a secure entry point, which the parent's DS names (RFC 4034 §2.1.1).
    public boolean isEntry() {
        return flags == ENTRY_FLAG;
    }

    /// The data of its DNSKEY record, and of its CDNSKEY.
    public byte[] dnskey() {
        return ByteBuffer.allocate(4 + publicKey.length)
                .putShort((short) flags)
                .put((byte) PROTOCOL)
                .put((byte) algorithm.number())
                .put(publicKey)
                .array();
    }

    /// RFC 4034, appendix B.
    public int tag() {
        byte[] rdata = dnskey();
        int sum = 0;
        for (int i = 0; i < rdata.length; i++)
            sum += (i & 1) == 0 ? (rdata[i] & 0xff) << 8 : rdata[i] & 0xff;
        return (sum + (sum >>> 16)) & 0xffff;
    }

    /// The data of the DS record that names it, by SHA-256 (RFC 4509), and of its CDS.
    public byte[] ds() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(Canonical.lower(zone.toWire()));
            byte[] hash = digest.digest(dnskey());
            return ByteBuffer.allocate(4 + hash.length)
                    .putShort((short) tag())
                    .put((byte) algorithm.number())
                    .put((byte) SHA_256)
                    .put(hash)
                    .array();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SigningKey key
                && zone.equals(key.zone)
                && Arrays.equals(dnskey(), key.dnskey())
                && timing.equals(key.timing);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dnskey());
    }

    /// Nothing of the private half.
    @Override
    public String toString() {
        return zone + " " + algorithm + " " + tag();
    }
}
