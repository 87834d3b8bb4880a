package meridian.dns;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import meridian.dns.wire.Query;

/// Gives whole zones, or what changed in them, to whoever may have them.
@FunctionalInterface
public interface Transfers {

    Transfers NONE = (_, _, _) -> Optional.empty();

    /// The messages that answer a query over TCP.
    ///
    /// @param message the query's octets, from the position on
    /// @return nothing for what is not to be had, or not by this client: the responder refuses it
    Optional<Messages> begin(ByteBuffer message, Query query, InetSocketAddress from);

    /// Messages that are made one after the other, each when there is room for it. For one thread
    /// at a time, which ends them whether it had all of them or not.
    @FunctionalInterface
    interface Messages {

        /// Writes the next message from the buffer's position on; false if there is none.
        boolean next(ByteBuffer out);

        /// Whether there is none because what they are made of is there no more: then the client
        /// must not take what it has for all, and its connection ends.
        default boolean isCutOff() {
            return false;
        }

        /// Nobody takes any more of them. To be told twice is harmless.
        default void end() {}
    }
}
