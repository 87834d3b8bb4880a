package meridian.dns.wire;

/// One option of a response's OPT record, as octets (RFC 6891 §6.1.2).
///
/// @param data what is behind its code and length; 65535 octets at most
public record EdnsOption(
        int code, @SuppressWarnings("ArrayRecordComponent") byte[] data) { // never changed

    /// Octets of its code and its length.
    static final int HEAD = 4;

    int length() {
        return HEAD + data.length;
    }
}
