package meridian.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HazelcastSettingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "2001:db8::1"})
    void anAddressThatIsWrittenIsReadBack(String host) {
        var address = new InetSocketAddress(InetAddress.ofLiteral(host), 5701);
        assertThat(HazelcastSettings.address(HazelcastSettings.text(address))).contains(address);
    }

    /// A label is whatever a guest likes. A name is looked up for nobody.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "5701",
                "192.0.2.1",
                "192.0.2.1:",
                "192.0.2.1:x",
                "192.0.2.1:70000",
                "a.test:1"
            })
    void whatIsNoAddressIsNowhere(String label) {
        assertThat(HazelcastSettings.address(label)).isEmpty();
    }
}
