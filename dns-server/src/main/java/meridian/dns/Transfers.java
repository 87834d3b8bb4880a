package meridian.dns;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import meridian.dns.wire.Query;
import meridian.record.DomainName;
import meridian.record.RRset;

/// Gives whole zones, or what changed in them, to whoever may have them.
@FunctionalInterface
public interface Transfers {

    Transfers NONE = (_, _, _) -> Optional.empty();

    /// The messages that answer a query over TCP.
    ///
    /// @param message the query's octets, from the position on
    /// @return nothing for what is not to be had, or not by this client: the responder refuses it
    Optional<Messages> begin(ByteBuffer message, Query query, InetSocketAddress from);

    /// What answers a query over UDP for what changed, whatever its sender has: the SOA of the
    /// newest version, by which they see whether to ask over TCP (RFC 1995 §2).
    ///
    /// @param signer by which key the query is signed
    /// @return nothing for what is not to be had, or not by this client
    default Optional<RRset> newest(
            Query query, Optional<DomainName> signer, InetSocketAddress from) {
        return Optional.empty();
    }

    /// Messages that are made one after the other, each when there is room for it. For one thread
    /// at a time, which ends them whether it had all of them or not.
    @FunctionalInterface
    interface Messages {

        /// Writes the next message from the buffer's position on; false if there is none.
        boolean next(ByteBuffer out);

        /// Whether there is none because they are taken too slowly, or what they are made of is
        /// there no more: then the client must not take what it has for all, and its connection
        /// ends.
        default boolean isCutOff() {
            return false;
        }

        /// Nobody takes any more of them. To be told twice is harmless.
        default void end() {}
    }
}
