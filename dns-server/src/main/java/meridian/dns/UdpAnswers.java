package meridian.dns;

import java.nio.ByteBuffer;

/// What answers the datagrams of one thread, and is never asked by two at once: so it may keep what
/// it needs for the next query, where a [Responder] makes it anew.
///
/// Each thread of a transport gets one of its own, from a supplier.
@FunctionalInterface
public interface UdpAnswers {

    /// Writes the response to `query` into `out`, from its position on.
    ///
    /// @param query a datagram, from its position to its limit; big-endian, as buffers begin. It is
    ///   overwritten by a later one
    /// @param from who asks; overwritten by a later one
    /// @param out with room for as much as a response over UDP may have
    /// @return octets of the response, from where the position was; 0 if nothing is to be sent
    int answer(ByteBuffer query, ResolverAddress from, ByteBuffer out);
}
