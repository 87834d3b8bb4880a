package meridian.dns.wire;

import java.nio.charset.StandardCharsets;

/// Which node a response is from, for whoever asks (RFC 5001).
public record Nsid(String node) {

    /// EDNS option code.
    public static final int CODE = 3;

    public EdnsOption option() {
        return new EdnsOption(CODE, node.getBytes(StandardCharsets.UTF_8));
    }
}
