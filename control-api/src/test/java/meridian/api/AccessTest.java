package meridian.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {

    private static final Access LOCAL = new Access(List.of());
    private static final Access GUARDED =
            new Access(
                    List.of(
                            new Token("ada", Role.OPERATOR, Token.hashOf("secret")),
                            new Token("bob", Role.VIEWER, Token.hashOf("other"))));

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:8053", "127.0.0.1:8053", "[::1]:8053", "[::1]"})
    void withoutTokensLoopbackMayDoEverything(String host) {
        var caller = LOCAL.admit(credentials("127.0.0.1", host), Optional.of(Role.ADMIN));
        assertThat(caller.name()).isEqualTo("local");
        assertThat(caller.role()).isEqualTo(Role.ADMIN);
    }

    @Test
    void withoutTokensNobodyElseIsServed() {
        assertThatThrownBy(
                        () -> LOCAL.admit(credentials("192.0.2.1", "localhost"), Optional.empty()))
                .isInstanceOf(Refusal.class)
                .hasMessage("without tokens only loopback is served, and you are at 192.0.2.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", ""})
    void aNameReboundToLoopbackIsRefused(String host) {
        assertThatThrownBy(() -> LOCAL.admit(credentials("127.0.0.1", host), Optional.empty()))
                .hasMessageContaining("the Host header says \"" + host + "\"");
    }

    @Test
    void anotherSitesPageMayNotChangeAnything() {
        var credentials =
                new Access.Credentials(
                        loopback(),
                        Optional.of("localhost:8053"),
                        Optional.of("http://localhost:3000"),
                        Optional.empty(),
                        true);
        assertThatThrownBy(() -> LOCAL.admit(credentials, Optional.of(Role.OPERATOR)))
                .hasMessageContaining("a page of http://localhost:3000 asks for a change");
    }

    @Test
    void theTokenSaysWhoAsks() {
        var caller = GUARDED.admit(bearing("Bearer secret"), Optional.of(Role.VIEWER));
        assertThat(caller.name()).isEqualTo("ada");
    }

    @Test
    void aRoleTooLowIsToldWhichIsNeeded() {
        assertThatThrownBy(() -> GUARDED.admit(bearing("Bearer other"), Optional.of(Role.OPERATOR)))
                .hasMessage("this needs the role operator; the token bob has the role viewer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong", "Bearer ", "Basic c2VjcmV0", ""})
    void whatIsNoKnownTokenIsRefused(String authorization) {
        assertThatThrownBy(() -> GUARDED.admit(bearing(authorization), Optional.of(Role.VIEWER)))
                .satisfies(
                        e ->
                                assertThat(((Refusal) e).reply().headers())
                                        .containsKey("WWW-Authenticate"));
    }

    @Test
    void withoutTokensOthersMustNotReachIt() {
        var everywhere = new InetSocketAddress("192.0.2.1", 8053);
        assertThatThrownBy(() -> ApiOptions.of(everywhere, List.of()))
                .hasMessageContaining("the API has no tokens and would listen on 192.0.2.1");
    }

    private static Access.Credentials credentials(String remote, String host) {
        return new Access.Credentials(
                InetAddress.ofLiteral(remote),
                Optional.of(host),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private static Access.Credentials bearing(String authorization) {
        return new Access.Credentials(
                loopback(),
                Optional.of("api.example"),
                Optional.empty(),
                Optional.of(authorization),
                false);
    }

    private static InetAddress loopback() {
        return InetAddress.ofLiteral("127.0.0.1");
    }
}
