package meridian.dns.wire;

/// Why a response is none, for whoever looks for the fault (RFC 8914 §4). Resolvers decide nothing
/// by it.
public enum ExtendedError {
    /// A defect of ours.
    OTHER(0),
    /// What we have is signed, and not for now.
    SIGNATURE_EXPIRED(7),
    /// What we could do, and do not for this client.
    PROHIBITED(18),
    /// A name that is in none of our zones.
    NOT_AUTHORITATIVE(20),
    /// What we cannot do at all.
    NOT_SUPPORTED(21);

    /// EDNS option code.
    public static final int CODE = 15;

    /// Octets of the option.
    public static final int LENGTH = 6;

    private final int number;

    ExtendedError(int number) {
        this.number = number;
    }

    /// INFO-CODE.
    public int number() {
        return number;
    }

    EdnsOption option() {
        return new EdnsOption(CODE, new byte[] {0, (byte) number});
    }
}
