package meridian.cluster;

import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The keys that tell the fleet's own messages from strangers'. Messages are signed with the first
/// and accepted with any, so that a key is exchanged without a break: give every node the new one
/// second, then first, then take the old one away.
public final class ClusterKeys {

    /// As many bytes as HMAC-SHA-256 gives.
    static final int SIGNATURE_BYTES = 32;

    /// Shorter keys can be guessed.
    public static final int MIN_BYTES = 16;

    private static final String ALGORITHM = "HmacSHA256";

    /// One for each key. They are copied, and never used themselves: to look an algorithm up and to
    /// prepare it for a key takes longer than to sign a small message.
    private final List<Mac> keys;

    private ClusterKeys(List<Mac> keys) {
        this.keys = keys;
    }

    /// The keys as they are in their files.
    ///
    /// @param keys one, or two during a rotation; the first signs
    public static ClusterKeys of(List<byte[]> keys) {
        if (keys.isEmpty() || keys.size() > 2) {
            throw new IllegalArgumentException(
                    keys.size()
                            + " cluster keys were given; one, or two during a rotation, are accepted");
        }
        return new ClusterKeys(keys.stream().map(ClusterKeys::key).toList());
    }

    byte[] sign(ByteBuffer bytes) {
        return signature(keys.getFirst(), bytes);
    }

    /// Whether the last 32 of these bytes are a signature of the others. Takes as long for a wrong
    /// one as for a right one.
    boolean isSigned(byte[] bytes) {
        int length = bytes.length - SIGNATURE_BYTES;
        if (length < 0) return false;
        byte[] signature = Arrays.copyOfRange(bytes, length, bytes.length);
        boolean signed = false;
        for (Mac key : keys) {
            ByteBuffer others = ByteBuffer.wrap(bytes, 0, length);
            signed |= MessageDigest.isEqual(signature(key, others), signature);
        }
        return signed;
    }

    private static Mac key(byte[] bytes) {
        if (bytes.length < MIN_BYTES) {
            throw new IllegalArgumentException(
                    "the cluster key has "
                            + bytes.length
                            + " bytes; "
                            + MIN_BYTES
                            + " or more are accepted (openssl rand -hex 32)");
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(bytes, ALGORITHM));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private static byte[] signature(Mac key, ByteBuffer bytes) {
        try {
            Mac mac = (Mac) key.clone();
            mac.update(bytes);
            return mac.doFinal();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's own " + ALGORITHM + " can be copied", e);
        }
    }

    @Override
    public String toString() {
        return keys.size() == 1 ? "one cluster key" : "two cluster keys";
    }
}
