package meridian.dns.transport;

/// Why a connection or a stream is ended, as the other side is told (RFC 9250 §4.3).
enum QuicError {
    NONE(0),
    INTERNAL(1),
    PROTOCOL(2),
    REQUEST_CANCELLED(3),
    EXCESSIVE_LOAD(4);

    private final int code;

    QuicError(int code) {
        this.code = code;
    }

    /// The number on the wire.
    int code() {
        return code;
    }
}
