package meridian.api;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Who may do what.
///
/// | tokens | who is served | what keeps others out |
/// |---|---|---|
/// | none | anyone on loopback, as `local`, with every role | the peer's address; the Host header |
/// | some | who bears one, with its role | the token |
///
/// A browser on the same machine is on loopback too. So without tokens a Host header that is no
/// loopback name is refused (a name that was rebound to 127.0.0.1 shows itself there), and changes
/// that another site's page asks for are refused always.
final class Access {

    private static final String LOCAL = "local";

    private final List<Token> tokens;

    Access(List<Token> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    /// What of a request decides.
    record Credentials(
            InetAddress remote,
            Optional<String> host,
            Optional<String> origin,
            Optional<String> authorization,
            boolean changes) {}

    /// @param needed empty: open to all that may reach the API
    /// @throws Refusal 401 or 403
    Caller admit(Credentials credentials, Optional<Role> needed) {
        if (tokens.isEmpty()) refuseStrangers(credentials);
        if (credentials.changes()) refuseOtherSites(credentials);
        if (needed.isEmpty()) return new Caller("anyone", Role.VIEWER, credentials.remote());
        Caller caller = caller(credentials);
        if (caller.role().includes(needed.get())) return caller;
        throw Refusal.of(
                403,
                "this needs the role "
                        + needed.get()
                        + "; the token "
                        + caller.name()
                        + " has the role "
                        + caller.role());
    }

    private Caller caller(Credentials credentials) {
        if (tokens.isEmpty()) return new Caller(LOCAL, Role.ADMIN, credentials.remote());
        String token = bearer(credentials.authorization());
        Token known = known(Token.hashOf(token)).orElseThrow(() -> unauthorized("is not known"));
        return new Caller(known.name(), known.role(), credentials.remote());
    }

    /// Looks at every token, so that the time taken does not tell which one was near.
    private Optional<Token> known(String hash) {
        Optional<Token> found = Optional.empty();
        for (Token token : tokens) {
            if (token.hasHash(hash)) found = Optional.of(token);
        }
        return found;
    }

    private static String bearer(Optional<String> authorization) {
        String value = authorization.orElseThrow(() -> unauthorized("is missing"));
        if (!value.regionMatches(true, 0, "Bearer ", 0, 7)) throw unauthorized("is no bearer's");
        return value.substring(7).strip();
    }

    private static Refusal unauthorized(String what) {
        return new Refusal(
                Problem.of(
                        401,
                        "the token "
                                + what
                                + "; the header \"Authorization: Bearer TOKEN\" is accepted"),
                Map.of("WWW-Authenticate", "Bearer realm=\"meridian\""));
    }

    private static void refuseStrangers(Credentials credentials) {
        if (!credentials.remote().isLoopbackAddress()) {
            throw Refusal.of(
                    403,
                    "without tokens only loopback is served, and you are at "
                            + credentials.remote().getHostAddress());
        }
        String host = credentials.host().orElse("");
        if (!isLoopback(host)) {
            throw Refusal.of(
                    403,
                    "without tokens only the hosts localhost, 127.0.0.1 and [::1] are served, and the Host header says \""
                            + host
                            + "\"");
        }
    }

    private static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT).replaceFirst(":\\d{1,5}$", "");
        return name.equals("localhost")
                || name.equals("[::1]")
                || name.matches("127(\\.\\d{1,3}){3}");
    }

    private static void refuseOtherSites(Credentials credentials) {
        Optional<String> origin = credentials.origin();
        if (origin.isEmpty() || authority(origin.get()).equals(credentials.host())) return;
        throw Refusal.of(
                403, "a page of " + origin.get() + " asks for a change; only this site's own may");
    }

    private static Optional<String> authority(String origin) {
        try {
            return Optional.ofNullable(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
