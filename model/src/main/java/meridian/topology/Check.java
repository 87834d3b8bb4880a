package meridian.topology;

import java.util.Collections;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

/// What a probe does and what it must see.
public sealed interface Check {

    /// One HTTP request.
    ///
    /// @param tls over TLS, with SNI
    /// @param verify whether the certificate must be valid for `host`; only for TLS
    /// @param port empty: 80, or 443 with TLS
    /// @param host the Host header and SNI name; empty: the probed address
    /// @param expect the accepted status codes
    /// @param body text that must be within the first 64 KiB of the body
    record Http(
            boolean tls,
            boolean verify,
            String path,
            OptionalInt port,
            Optional<String> host,
            SortedSet<Integer> expect,
            Optional<String> body)
            implements Check {

        public Http {
            if (!path.startsWith("/"))
                throw new IllegalArgumentException(
                        "the path \"" + path + "\" does not begin with '/'");
            if (expect.isEmpty())
                throw new IllegalArgumentException(
                        "no status is expected; a list such as [200] is accepted");
            expect = Collections.unmodifiableSortedSet(new TreeSet<>(expect));
        }

        public int portOrDefault() {
            return port.orElse(tls ? 443 : 80);
        }
    }

    /// A TCP connection that opens.
    record Tcp(int port) implements Check {

        public Tcp {
            if (port < 1 || port > 65535)
                throw new IllegalArgumentException("no TCP port is " + port);
        }
    }
}
