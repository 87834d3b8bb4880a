package meridian.config;

/// A bearer token, known by its hash only.
///
/// @param name who holds it: the owner of the drains made with it
/// @param sha256 of the token, as 64 hexadecimal digits in lower case
public record ApiToken(String name, ApiRole role, String sha256) {

    public ApiToken {
        if (!sha256.matches("[0-9a-f]{64}"))
            throw new IllegalArgumentException(
                    "the hash of token " + name + " is none; 64 hexadecimal digits are accepted");
    }

    /// Without the hash, which a weak token could be guessed from.
    @Override
    public String toString() {
        return "token of " + name + ", " + role;
    }
}
