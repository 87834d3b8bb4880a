package meridian.signing;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import meridian.record.DomainName;

/// A secret that two name servers share, by which each knows the other's messages (RFC 8945).
public final class TsigKey {

    /// Shorter secrets can be guessed.
    public static final int SHORTEST = 16;

    /// With a longer one, a signature might leave no room for the question in a datagram.
    public static final int LONGEST_NAME = 100;

    /// What makes a code of a message and a secret (RFC 8945 §6): those that are not to be given
    /// up.
    public enum Algorithm {
        HMAC_SHA256("hmac-sha256", "HmacSHA256", 32),
        HMAC_SHA384("hmac-sha384", "HmacSHA384", 48),
        HMAC_SHA512("hmac-sha512", "HmacSHA512", 64);

        private final String text;
        private final String jdkName;
        private final int length;

        Algorithm(String text, String jdkName, int length) {
            this.text = text;
            this.jdkName = jdkName;
            this.length = length;
        }

        /// By which messages name it.
        public DomainName domainName() {
            return DomainName.of(text);
        }

        /// Octets of a code.
        public int length() {
            return length;
        }
    }

    private final DomainName name;
    private final Algorithm algorithm;
    private final byte[] secret;

    public TsigKey(DomainName name, Algorithm algorithm, byte[] secret) {
        if (secret.length < SHORTEST)
            throw new IllegalArgumentException(
                    "the secret has "
                            + secret.length
                            + " octets; "
                            + SHORTEST
                            + " or more are accepted, as `openssl rand -base64 32` makes them");
        if (name.wireLength() > LONGEST_NAME)
            throw new IllegalArgumentException(
                    "the name of the key has "
                            + name.wireLength()
                            + " octets; up to "
                            + LONGEST_NAME
                            + " are accepted");
        this.name = name;
        this.algorithm = algorithm;
        this.secret = secret.clone();
    }

    public DomainName name() {
        return name;
    }

    public Algorithm algorithm() {
        return algorithm;
    }

    /// The code of all these octets, one run after the other.
    public byte[] code(byte[]... runs) {
        try {
            Mac mac = Mac.getInstance(algorithm.jdkName);
            mac.init(new SecretKeySpec(secret, algorithm.jdkName));
            for (byte[] run : runs) mac.update(run);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm.jdkName, e);
        }
    }

    /// Without the secret.
    @Override
    public String toString() {
        return name + " (" + algorithm.text + ")";
    }
}
