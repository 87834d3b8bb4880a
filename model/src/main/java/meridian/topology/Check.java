package meridian.topology;

import java.util.Collections;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What a probe does and what it must see.
public sealed interface Check {

    /// One HTTP request. Path and host go into it as they are, so they are refused where they could
    /// end their line or the request.
    ///
    /// @param tls over TLS, with SNI
    /// @param verify whether the certificate must be valid for `host`; only for TLS
    /// @param path a `/` and then visible ASCII
    /// @param port empty: 80, or 443 with TLS
    /// @param host the Host header and SNI name: a host name or an address; empty: the probed
    ///   address
    /// @param expect the accepted status codes, 100 to 599
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

        private static final Pattern PATH = Pattern.compile("/[!-~&&[^#]]*");
        private static final Pattern HOST =
                Pattern.compile(
                        "(?=.{1,253}$)LABEL(\\.LABEL)*"
                                .replace(
                                        "LABEL", "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"));

        public Http {
            checkPath(path);
            host.ifPresent(Http::checkHost);
            port.ifPresent(Check::checkPort);
            expect.forEach(Http::checkStatus);
            if (expect.isEmpty())
                throw new IllegalArgumentException(
                        "no status is expected; a list such as [200] is accepted");
            if (body.filter(String::isEmpty).isPresent())
                throw new IllegalArgumentException(
                        "the expected body text is empty; some text, or none at all, is accepted");
            expect = Collections.unmodifiableSortedSet(new TreeSet<>(expect));
        }

        private static void checkPath(String path) {
            if (PATH.matcher(path).matches()) return;
            throw new IllegalArgumentException(
                    "the path "
                            + quoted(path)
                            + " cannot be asked for; '/' and then visible ASCII characters but '#'"
                            + " are accepted, others as %20");
        }

        private static void checkHost(String host) {
            if (HOST.matcher(host).matches() || Network.isAddress(host)) return;
            throw new IllegalArgumentException(
                    "the host "
                            + quoted(host)
                            + " is none; a host name or an address is accepted, without a port or"
                            + " a last dot");
        }

        private static void checkStatus(int status) {
            if (status >= 100 && status <= 599) return;
            throw new IllegalArgumentException(
                    "the status " + status + " is none of HTTP; 100 to 599 are accepted");
        }

        /// In one line of a log, whatever is in it.
        private static String quoted(String text) {
            return "\"" + text.replaceAll("\\p{Cntrl}", "?") + "\"";
        }

        public int portOrDefault() {
            return port.orElse(tls ? 443 : 80);
        }
    }

    /// A TCP connection that opens.
    record Tcp(int port) implements Check {

        public Tcp {
            checkPort(port);
        }
    }

    private static void checkPort(int port) {
        if (port >= 1 && port <= 65535) return;
        throw new IllegalArgumentException(
                "the port " + port + " is none; 1 to 65535 are accepted");
    }
}
