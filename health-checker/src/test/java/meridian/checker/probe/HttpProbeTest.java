package meridian.checker.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import meridian.topology.Check;
import meridian.topology.Network;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpProbeTest {

    /// The scheme, the port, and the configured host, if any.
    @ParameterizedTest
    @CsvSource({
        "http,  80,   ,                192.0.2.1,   192.0.2.1",
        "https, 443,  ,                192.0.2.1,   192.0.2.1",
        "http,  8080, ,                192.0.2.1,   192.0.2.1:8080",
        "http,  443,  ,                192.0.2.1,   192.0.2.1:443",
        "https, 80,   ,                192.0.2.1,   192.0.2.1:80",
        "http,  80,   ,                2001:db8::1, [2001:db8:0:0:0:0:0:1]",
        "https, 8443, ,                2001:db8::1, [2001:db8:0:0:0:0:0:1]:8443",
        // what is configured stands as it is, but for the brackets without which it is malformed
        "http,  8080, WWW.example.com, 192.0.2.1,   WWW.example.com",
        "http,  8080, 192.0.2.7,       192.0.2.1,   192.0.2.7",
        "https, 443,  2001:DB8::7,     2001:db8::1, [2001:DB8::7]",
    })
    void theHostHeaderIsTheConfiguredHostOrTheAddressAndItsPort(
            String scheme, int port, @Nullable String host, String address, String expected) {
        var check =
                new Check.Http(
                        scheme.equals("https"),
                        false,
                        "/",
                        OptionalInt.of(port),
                        Optional.ofNullable(host),
                        new TreeSet<>(List.of(200)),
                        Optional.empty());
        assertThat(HttpProbe.hostHeader(check, Network.addressOf(address))).isEqualTo(expected);
    }
}
