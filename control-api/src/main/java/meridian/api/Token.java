package meridian.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// A bearer token as it is kept: never itself, only its hash.
///
/// Tokens are long random strings, so a plain hash is enough; there is nothing to guess.
///
/// @param name who bears it; the owner of the drains made with it
/// @param sha256 of the token's UTF-8 octets, as 64 hexadecimal digits
public record Token(String name, Role role, String sha256) {

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    public Token {
        if (name.isBlank()) throw new IllegalArgumentException("a token has no name");
        if (!HASH.matcher(sha256).matches()) {
            throw new IllegalArgumentException(
                    "the hash of token "
                            + name
                            + " is not the SHA-256 of a token; 64 lower-case hexadecimal digits are accepted");
        }
    }

    /// The hash by which a token is kept.
    public static String hashOf(String token) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// Compares in a time that does not depend on where the hashes differ.
    boolean hasHash(String hash) {
        return MessageDigest.isEqual(
                sha256.getBytes(StandardCharsets.US_ASCII),
                hash.getBytes(StandardCharsets.US_ASCII));
    }
}
