package meridian.dns.transport;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a name server shows to those who come encrypted: a chain of certificates, its own first,
/// and the private key of that one.
///
/// Of refusals the messages begin where the name of the file ends.
public record TlsIdentity(List<X509Certificate> chain, PrivateKey key) {

    private static final Pattern PEM_KEY =
            Pattern.compile(
                    "-----BEGIN ([A-Z ]*)PRIVATE KEY-----([^-]*)-----END [A-Z ]*PRIVATE KEY-----");

    private static final String KINDS = "RSA, EC and Ed25519 are accepted";

    /// @throws IllegalArgumentException if the key is not that of the first certificate
    public TlsIdentity {
        if (!fit(chain.getFirst().getPublicKey(), key)) {
            throw new IllegalArgumentException(
                    "is not the key of the certificate for "
                            + chain.getFirst().getSubjectX500Principal()
                            + "; the private half of its key is accepted");
        }
        chain = List.copyOf(chain);
    }

    /// The certificates of a PEM file.
    ///
    /// @throws IllegalArgumentException if there is none, or one cannot be read
    public static List<X509Certificate> chain(byte[] pem) {
        try {
            List<X509Certificate> chain =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(pem))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (!chain.isEmpty()) return chain;
        } catch (CertificateException e) {
            throw new IllegalArgumentException(
                    "cannot be read: "
                            + e.getMessage()
                            + "; certificates as PEM are accepted, this server's own first",
                    e);
        }
        throw new IllegalArgumentException(
                "has no certificate; certificates as PEM are accepted, this server's own first");
    }

    /// The private key of a PEM file.
    ///
    /// @param certificate that it is for
    /// @throws IllegalArgumentException if it cannot be read, or is of another kind
    public static PrivateKey key(byte[] pem, X509Certificate certificate) {
        Matcher block = PEM_KEY.matcher(new String(pem, StandardCharsets.ISO_8859_1));
        if (!block.find() || !block.group(1).isEmpty()) {
            String form = block.hasMatch() ? "a " + block.group(1) + "PRIVATE KEY" : "no key";
            throw new IllegalArgumentException(
                    "has "
                            + form
                            + "; a PRIVATE KEY (PKCS #8) as PEM is accepted,"
                            + " as `openssl pkey -in OLD -out NEW` makes it");
        }
        String kind = certificate.getPublicKey().getAlgorithm();
        try {
            byte[] octets = Base64.getMimeDecoder().decode(block.group(2));
            return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(octets));
        } catch (InvalidKeySpecException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "is no key of the kind that the certificate has, " + kind + "; " + KINDS, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("is of the kind " + kind + "; " + KINDS, e);
        }
    }

    private static boolean fit(PublicKey open, PrivateKey secret) {
        byte[] text = "meridian".getBytes(StandardCharsets.US_ASCII);
        try {
            var signature = Signature.getInstance(signing(open.getAlgorithm()));
            signature.initSign(secret);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(open);
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private static String signing(String kind) {
        return switch (kind) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "EdDSA" -> "EdDSA";
            default -> throw new IllegalArgumentException("is for a key of " + kind + "; " + KINDS);
        };
    }

    /// When the certificate of this server begins to hold.
    public Instant start() {
        return chain.getFirst().getNotBefore().toInstant();
    }

    /// When it ends.
    public Instant end() {
        return chain.getFirst().getNotAfter().toInstant();
    }

    /// Of the key nobody may print anything.
    @Override
    public String toString() {
        return "certificate for " + chain.getFirst().getSubjectX500Principal() + " until " + end();
    }
}
