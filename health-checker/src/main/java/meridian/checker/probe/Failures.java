package meridian.checker.probe;

import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import meridian.health.ProbeResult;

/// What the exceptions of sockets, TLS and the parser mean, in words for operators.
final class Failures {

    /// Messages of the operating system that tell of this machine, not of the endpoint.
    private static final List<String> OUR_OWN =
            List.of(
                    "Too many open files",
                    "Cannot assign requested address",
                    "No buffer space available",
                    "Cannot allocate memory",
                    "Operation not permitted",
                    "Permission denied");

    private Failures() {}

    static ProbeResult explained(IOException e, InetSocketAddress target, boolean inHandshake) {
        String message = message(e);
        if (OUR_OWN.stream().anyMatch(message::contains))
            return new ProbeResult.NotMade("this machine: " + decapitalized(message));
        return switch (e) {
            case NotHttp notHttp -> failed(ProbeResult.Kind.PROTOCOL, notHttp.reason());
            case SSLException tls -> failed(ProbeResult.Kind.TLS, ofTls(tls));
            case ConnectException _ when message.contains("unreachable") -> unreachable(target);
            case NoRouteToHostException _ ->
                    failed(ProbeResult.Kind.CONNECTION, "no route to host");
            case SocketException _ when message.contains("unreachable") -> unreachable(target);
            default -> failed(ProbeResult.Kind.CONNECTION, ofConnection(message, inHandshake));
        };
    }

    static ProbeResult failed(ProbeResult.Kind kind, String reason) {
        return new ProbeResult.Failed(kind, reason);
    }

    /// A router on the way may have said so, or this machine has no route: an IPv4-only checker
    /// must not call every IPv6 endpoint down. Connecting a datagram socket asks our own routing
    /// table and sends nothing.
    private static ProbeResult unreachable(InetSocketAddress target) {
        try (var datagrams = new DatagramSocket()) {
            datagrams.connect(target);
            return failed(ProbeResult.Kind.CONNECTION, "network is unreachable");
        } catch (PortUnreachableException _) {
            return failed(ProbeResult.Kind.CONNECTION, "network is unreachable");
        } catch (SocketException _) {
            return new ProbeResult.NotMade(
                    "this machine has no route to " + target.getAddress().getHostAddress());
        }
    }

    private static String ofConnection(String message, boolean inHandshake) {
        if (message.contains("refused")) return "connection refused";
        if (message.contains("timed out")) return "no answer (connecting)";
        String when = inHandshake ? " during the TLS handshake" : "";
        if (message.contains("reset") || message.contains("Broken pipe"))
            return "connection reset" + when;
        return decapitalized(message) + when;
    }

    private static String ofTls(SSLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) return message(cause);
        }
        String message = message(e);
        if (message.contains("Unsupported or unrecognized SSL message")) return "answer is not TLS";
        if (message.contains("terminated the handshake"))
            return "connection closed during the TLS handshake";
        if (message.contains("reset")) return "connection reset during the TLS handshake";
        return "TLS: " + decapitalized(message.replaceFirst("^\\([a-z_]+\\) ", ""));
    }

    private static String message(Throwable e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    private static String decapitalized(String message) {
        return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }
}
