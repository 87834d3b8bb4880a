package meridian.checker.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import meridian.health.ProbeResult;
import meridian.topology.Check;

/// One GET over a connection of its own, by HTTP/1.1, plain or over TLS.
///
/// A redirect is its status, and is not followed: where it leads is another endpoint's business.
/// The body is read only where text is expected in it, and only until that is found.
public final class HttpProbe implements Probe {

    private final Check.Http check;
    private final Approach approach;
    private final Trust trust;
    private final String host;
    private final byte[] request;
    private final Optional<byte[]> text;

    HttpProbe(Check.Http check, InetAddress address, Approach approach, Trust trust) {
        this.check = check;
        this.approach = approach;
        this.trust = trust;
        this.host = check.host().orElse(address.getHostAddress());
        this.request = request(check, address);
        this.text = check.body().map(body -> body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public ProbeResult attempt() {
        Connection connection = approach.begin();
        try (connection) {
            connection.open();
            if (check.tls()) connection.secure(trust, host);
            connection.send(request);
            return judge(connection);
        } catch (IOException e) {
            return connection.explained(e);
        }
    }

    private ProbeResult judge(Connection connection) throws IOException {
        HttpResponse response = HttpResponse.readFrom(connection.incoming());
        if (!check.expect().contains(response.status())) {
            return Failures.failed(
                    ProbeResult.Kind.STATUS,
                    "status " + response.status() + ", expected " + expected());
        }
        if (text.isEmpty()) return connection.passed();
        connection.readsBody();
        if (response.bodyHas(text.get())) return connection.passed();
        return Failures.failed(
                ProbeResult.Kind.BODY, "body lacks \"" + check.body().orElseThrow() + "\"");
    }

    private String expected() {
        return check.expect().stream().map(String::valueOf).collect(Collectors.joining(" or "));
    }

    private static byte[] request(Check.Http check, InetAddress address) {
        String text =
                String.join(
                        "\r\n",
                        "GET " + check.path() + " HTTP/1.1",
                        "Host: " + hostHeader(check, address),
                        "User-Agent: meridian-health-checker",
                        "Accept: */*",
                        "Connection: close",
                        "",
                        "");
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// The host that is configured, as it is: whoever names one means what users of the service
    /// send, and they know nothing of the port behind it. Otherwise the address with its port,
    /// unless that is the scheme's own (RFC 9110 §7.2).
    static String hostHeader(Check.Http check, InetAddress address) {
        return check.host().map(HttpProbe::bracketed).orElseGet(() -> authority(check, address));
    }

    private static String authority(Check.Http check, InetAddress address) {
        String bracketed = bracketed(address.getHostAddress());
        int usual = check.tls() ? 443 : 80;
        int port = check.portOrDefault();
        return port == usual ? bracketed : bracketed + ":" + port;
    }

    /// RFC 3986 §3.2.2: an IPv6 address stands in brackets, and nothing else has a colon.
    private static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
