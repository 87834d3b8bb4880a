package meridian.config;

import java.security.MessageDigest;

/// Octets that nobody may print.
public final class Secret {

    /// Shorter keys can be guessed.
    public static final int SHORTEST = 16;

    private final byte[] octets;

    public Secret(byte[] octets) {
        if (octets.length < SHORTEST) {
            throw new IllegalArgumentException(
                    "the key has "
                            + octets.length
                            + " octets; "
                            + SHORTEST
                            + " or more are accepted, as `openssl rand -hex 32` makes them");
        }
        this.octets = octets.clone();
    }

    public byte[] octets() {
        return octets.clone();
    }

    /// In constant time.
    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(octets, secret.octets);
    }

    @Override
    public int hashCode() {
        return octets.length;
    }

    @Override
    public String toString() {
        return "a secret of " + octets.length + " octets";
    }
}
