package meridian.config.keyfile;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import meridian.record.DomainName;
import meridian.signing.Algorithm;
import meridian.signing.KeyTiming;
import meridian.signing.SigningKey;

/// Makes keys, by the JDK's own source of chance.
public final class KeyMaker {

    private static final int HALF = 32;

    private KeyMaker() {}

    /// A new key.
    ///
    /// @param flags as a DNSKEY has them
    public static SigningKey make(
            DomainName zone, int flags, Algorithm algorithm, KeyTiming timing) {
        KeyPair pair = pair(algorithm);
        return new SigningKey(
                zone, flags, algorithm, octets(pair.getPublic()), pair.getPrivate(), timing);
    }

    private static KeyPair pair(Algorithm algorithm) {
        try {
            return switch (algorithm) {
                case ED25519 -> KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
                case ECDSAP256SHA256 -> {
                    var generator = KeyPairGenerator.getInstance("EC");
                    generator.initialize(new ECGenParameterSpec("secp256r1"));
                    yield generator.generateKeyPair();
                }
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    private static byte[] octets(PublicKey key) {
        return switch (key) {
            case EdECPublicKey edwards -> encoded(edwards);
            case ECPublicKey weierstrass -> {
                var octets = new ByteArrayOutputStream();
                octets.writeBytes(fixed(weierstrass.getW().getAffineX()));
                octets.writeBytes(fixed(weierstrass.getW().getAffineY()));
                yield octets.toByteArray();
            }
            default -> throw new IllegalStateException("not a key of ours: " + key);
        };
    }

    /// RFC 8032 §5.1.2.
    private static byte[] encoded(EdECPublicKey key) {
        byte[] y = fixed(key.getPoint().getY());
        byte[] octets = new byte[HALF];
        for (int i = 0; i < HALF; i++) octets[i] = y[HALF - 1 - i];
        if (key.getPoint().isXOdd()) octets[HALF - 1] |= (byte) 0x80;
        return octets;
    }

    private static byte[] fixed(BigInteger number) {
        byte[] octets = number.toByteArray();
        byte[] fixed = new byte[HALF];
        byte[] digits = octets.length > HALF ? Arrays.copyOfRange(octets, 1, 1 + HALF) : octets;
        System.arraycopy(digits, 0, fixed, HALF - digits.length, digits.length);
        return fixed;
    }
}
