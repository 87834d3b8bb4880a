package meridian.dns.wire;

import java.nio.ByteBuffer;
import java.time.Duration;

/// For how long a connection may be silent, for whoever asks (RFC 7828).
///
/// @param idle at most 6,553.5 s are told
public record Keepalive(Duration idle) {

    /// EDNS option code.
    public static final int CODE = 11;

    private static final int UNIT = 100;
    private static final int LONGEST = 0xffff;

    /// In units of 100 ms (RFC 7828 §3.1).
    public EdnsOption option() {
        short units = (short) Math.min(idle.toMillis() / UNIT, LONGEST);
        return new EdnsOption(CODE, ByteBuffer.allocate(Short.BYTES).putShort(units).array());
    }
}
