package meridian.dns;

import meridian.signing.Nsec3;

/// A name that does not exist, in whichever form a chain is searched by.
///
/// One is filled again and again, so that a query costs no object.
public final class MissingName {

    private final CanonicalKey key = new CanonicalKey();
    private final byte[] hash = new byte[Nsec3.HASH_LENGTH];
    private byte[] name = {0};
    private int encloser;
    private int nextCloser;
    private int end;

    /// Becomes another name.
    ///
    /// @param lower the name in lower case, up to `end`; not copied
    /// @param encloser where in it the closest encloser begins
    public void set(byte[] lower, int encloser, int end) {
        this.name = lower;
        this.encloser = encloser;
        this.end = end;
        this.nextCloser = 0;
        for (int at = 0; at < encloser; at += 1 + lower[at]) nextCloser = at;
    }

    /// Its place among the names below the encloser.
    CanonicalKey key() {
        key.set(name, encloser);
        return key;
    }

    /// Of the next closer name (RFC 5155 §1.3).
    byte[] hash() {
        Nsec3.hash(name, nextCloser, end, hash);
        return hash;
    }
}
