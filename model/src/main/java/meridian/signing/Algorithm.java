package meridian.signing;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.InvalidParameterSpecException;
import java.security.spec.KeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/// What we sign with. Both have short signatures, and every validator of the last ten years knows
/// the first (RFC 8624 §3.1).
public enum Algorithm {

    /// RFC 6605.
    ECDSAP256SHA256(13, "SHA256withECDSAinP1363Format", 64, 32),

    /// RFC 8080.
    ED25519(15, "Ed25519", 32, 32);

    /// Octets of an ECDSA key that may be zero before all others.
    private static final int MOST_ZEROS = 8;

    private final int number;
    private final String signature;
    private final int publicLength;
    private final int privateLength;

    Algorithm(int number, String signature, int publicLength, int privateLength) {
        this.number = number;
        this.signature = signature;
        this.publicLength = publicLength;
        this.privateLength = privateLength;
    }

    public static Optional<Algorithm> numbered(int number) {
        return Stream.of(values()).filter(one -> one.number == number).findFirst();
    }

    /// Its number in DNSKEY, DS and RRSIG.
    public int number() {
        return number;
    }

    /// The key that signs.
    ///
    /// @param octets as key files have them: Ed25519's seed, or ECDSA's number, of which BIND
    ///   writes no leading zeros; so one in 256 is shorter
    /// @throws IllegalArgumentException if they are no private key
    public PrivateKey privateKey(byte[] octets) {
        if (octets.length != privateLength && !isShorterNumber(octets))
            throw new IllegalArgumentException(
                    "the private key has "
                            + octets.length
                            + " octets; "
                            + privateLength
                            + " are accepted for "
                            + this);
        try {
            KeySpec spec =
                    this == ED25519
                            ? new EdECPrivateKeySpec(NamedParameterSpec.ED25519, octets)
                            : new ECPrivateKeySpec(new BigInteger(1, octets), p256());
            return factory().generatePrivate(spec);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the private key is none of " + this, e);
        }
    }

    /// What is shorter by more is a file that was cut: that many zeros are nobody's luck.
    private boolean isShorterNumber(byte[] octets) {
        return this == ECDSAP256SHA256
                && octets.length < privateLength
                && octets.length >= privateLength - MOST_ZEROS;
    }

    /// @param octets as in a DNSKEY: ECDSA's two coordinates, or Ed25519's encoded point
    private PublicKey publicKey(byte[] octets) throws GeneralSecurityException {
        if (octets.length != publicLength)
            throw new GeneralSecurityException(octets.length + " octets are no key of " + this);
        return factory().generatePublic(this == ED25519 ? edwards(octets) : weierstrass(octets));
    }

    private static KeySpec weierstrass(byte[] octets) throws InvalidParameterSpecException {
        int half = octets.length / 2;
        var point =
                new ECPoint(
                        new BigInteger(1, octets, 0, half), new BigInteger(1, octets, half, half));
        return new ECPublicKeySpec(point, p256());
    }

    /// RFC 8032 §5.1.2: y with its lowest octet first, and in the highest bit whether x is odd.
    private static KeySpec edwards(byte[] octets) {
        byte[] y = new byte[octets.length];
        for (int i = 0; i < y.length; i++) y[i] = octets[y.length - 1 - i];
        boolean isOdd = y[0] < 0;
        y[0] &= 0x7f;
        return new EdECPublicKeySpec(
                NamedParameterSpec.ED25519, new EdECPoint(isOdd, new BigInteger(1, y)));
    }

    private static ECParameterSpec p256() throws InvalidParameterSpecException {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has EC", e);
        }
    }

    private KeyFactory factory() throws GeneralSecurityException {
        return KeyFactory.getInstance(this == ED25519 ? "Ed25519" : "EC");
    }

    /// Signs; for ECDSA the JDK draws a number of its own, so no two signatures are the same.
    byte[] sign(PrivateKey key, byte[] data) {
        try {
            Signature signing = Signature.getInstance(signature);
            signing.initSign(key);
            signing.update(data);
            return signing.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key of " + this + " does not sign", e);
        }
    }

    /// Whether a signature is of this data by the key of a DNSKEY.
    public boolean verifies(byte[] publicKey, byte[] data, byte[] signed) {
        try {
            Signature verifying = Signature.getInstance(signature);
            verifying.initVerify(publicKey(publicKey));
            verifying.update(data);
            return verifying.verify(signed);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    /// The names that are accepted, with their numbers.
    public static String accepted() {
        return String.join(
                " or ", Arrays.stream(values()).map(one -> one + " (" + one.number + ")").toList());
    }
}
