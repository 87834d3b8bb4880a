package meridian.dns.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Locale;

/// A socket could not be opened; the message names address, port and what to do.
public final class ListenException extends IOException {

    private static final long serialVersionUID = 1;

    /// @param protocol `udp` or `tcp`
    ListenException(InetSocketAddress address, String protocol, Throwable cause) {
        super(
                "cannot listen on "
                        + text(address)
                        + "/"
                        + protocol
                        + ": "
                        + reason(address, protocol, cause),
                cause);
    }

    static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /// The operating system's words, for the JDK and Netty pass no code on.
    private static String reason(InetSocketAddress address, String protocol, Throwable cause) {
        String words = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (words.contains("in use")) {
            char kind = protocol.charAt(0);
            return "another process uses it already; `ss -l%cnp sport = :%d` shows which"
                    .formatted(kind, address.getPort());
        }
        if (words.contains("permission denied")) {
            return "port %d needs the capability CAP_NET_BIND_SERVICE (AmbientCapabilities= in a systemd unit), or choose a port from 1024 up"
                    .formatted(address.getPort());
        }
        if (words.contains("assign requested address")) {
            return "no interface of this machine has this address";
        }
        return String.valueOf(cause.getMessage());
    }
}
