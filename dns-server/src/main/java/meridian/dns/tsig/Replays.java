package meridian.dns.tsig;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import meridian.dns.wire.Tsig;

/// Signed queries that were heard, for as long as their time would let them be heard again: one
/// that is sent twice, octet by octet, is somebody else's. For any thread.
///
/// Only who has a key can fill it, so what is kept is bounded: of more, the oldest is forgotten. A
/// restart forgets all: to refuse what was signed before it would refuse whose clock is behind,
/// just when they were told of a version, until their retry.
public final class Replays {

    private static final int MOST = 10_000;

    private final Map<ByteBuffer, Long> heard = new LinkedHashMap<>();

    /// Whether a genuine query is heard for the first time.
    public synchronized boolean isNew(Tsig tsig, Instant now) {
        heard.values().removeIf(until -> until < now.getEpochSecond());
        if (heard.size() >= MOST) heard.remove(heard.keySet().iterator().next());
        long until = tsig.time() + tsig.fudge();
        return heard.putIfAbsent(ByteBuffer.wrap(tsig.code()), until) == null;
    }
}
