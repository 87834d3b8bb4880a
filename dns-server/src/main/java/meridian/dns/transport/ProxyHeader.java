package meridian.dns.transport;

import java.net.InetSocketAddress;
import java.util.Optional;

/// What stands at the beginning of a connection from a load balancer: the head of the PROXY
/// protocol, version 2, by which it says whose connection it passes on.
sealed interface ProxyHeader {

    /// One that is whole.
    ///
    /// @param length octets of all of it
    /// @param client whose connection it is; empty: the load balancer's own, which looks after us
    record Whole(int length, Optional<InetSocketAddress> client) implements ProxyHeader {}

    /// What may become one.
    record Begun() implements ProxyHeader {}

    /// What cannot.
    ///
    /// @param why as the end of a sentence that begins with it
    record Broken(String why) implements ProxyHeader {}
}
