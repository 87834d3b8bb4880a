package meridian.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What goes into a probe's request must not be able to end it and begin another.
class CheckTest {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/healthz", "/a?b=c&d=%20", "/~x;y=1", "//"})
    void aPathOfVisibleAsciiIsAccepted(String path) {
        assertThat(http(path, "www.example.com", 80, 200).path()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "healthz",
                "/a b",
                "/ HTTP/1.1\r\nHost: evil\r\n\r\nGET /",
                "/a\n",
                "/\u0000",
                "/\t",
                "/ü",
                "/\u007f",
                "/a#b"
            })
    void anyOtherPathIsRefused(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> http(path, "www.example.com", 80, 200))
                .withMessageStartingWith("the path \"")
                .withMessageEndingWith(
                        "'/' and then visible ASCII characters but '#' are accepted, others as %20")
                .withMessageNotContainingAny("\r", "\n", "\t", "\u0000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "www.example.com",
                "WWW",
                "a_b.example",
                "xn--bcher-kva.example",
                "1.example",
                "192.0.2.1",
                "2001:db8::1"
            })
    void aHostIsANameOrAnAddress(String host) {
        assertThat(http("/", host, 80, 200).host()).contains(host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a.example\r\nX-Evil: 1",
                "a.example:8080",
                "[2001:db8::1]",
                "a..example",
                "a.example.",
                ".example",
                "-a.example",
                "a-.example",
                "bücher.example",
                "http://a.example",
                "a.example/",
                "*.example",
                "2001:db8::1%eth0"
            })
    void anyOtherHostIsRefused(String host) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> http("/", host, 80, 200))
                .withMessageStartingWith("the host \"")
                .withMessageEndingWith(
                        "a host name or an address is accepted, without a port or a last dot")
                .withMessageNotContainingAny("\r", "\n");
    }

    @Test
    void aHostIsNotLongerThanANameCanBe() {
        String label = "a".repeat(63);
        String longest = String.join(".", label, label, label, "a".repeat(61));
        assertThat(http("/", longest, 80, 200).host()).contains(longest);
        assertThatIllegalArgumentException().isThrownBy(() -> http("/", longest + "a", 80, 200));
        assertThatIllegalArgumentException().isThrownBy(() -> http("/", label + "a", 80, 200));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65536, Integer.MAX_VALUE})
    void aPortIsOfSixteenBitsAndNotZero(int port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> http("/", "a.example", port, 200))
                .withMessage("the port " + port + " is none; 1 to 65535 are accepted");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Check.Tcp(port))
                .withMessage("the port " + port + " is none; 1 to 65535 are accepted");
        assertThat(new Check.Tcp(65535).port()).isEqualTo(65535);
        assertThat(http("/", "a.example", 1, 200).portOrDefault()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {99, 0, -200, 600})
    void aStatusIsOneOfHttp(int status) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> http("/", "a.example", 80, 200, status))
                .withMessage("the status " + status + " is none of HTTP; 100 to 599 are accepted");
    }

    @Test
    void someStatusIsExpected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> http("/", "a.example", 80))
                .withMessageStartingWith("no status is expected");
    }

    @Test
    void anEmptyTextIsNotWaitedFor() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new Check.Http(
                                        false,
                                        false,
                                        "/",
                                        OptionalInt.empty(),
                                        Optional.empty(),
                                        new TreeSet<>(Set.of(200)),
                                        Optional.of("")))
                .withMessageStartingWith("the expected body text is empty");
    }

    @ParameterizedTest
    @CsvSource({"false, 80", "true, 443"})
    void withoutAPortItIsTheSchemesOwn(boolean tls, int port) {
        var check =
                new Check.Http(
                        tls,
                        tls,
                        "/",
                        OptionalInt.empty(),
                        Optional.empty(),
                        new TreeSet<>(Set.of(200)),
                        Optional.empty());
        assertThat(check.portOrDefault()).isEqualTo(port);
    }

    private static Check.Http http(String path, String host, int port, Integer... expect) {
        return new Check.Http(
                false,
                false,
                path,
                OptionalInt.of(port),
                Optional.of(host),
                new TreeSet<>(Set.of(expect)),
                Optional.empty());
    }
}
