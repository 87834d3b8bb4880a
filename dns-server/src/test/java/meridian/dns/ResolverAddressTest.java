package meridian.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResolverAddressTest {

    private final ResolverAddress address = new ResolverAddress();

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "255.255.255.255", "::", "2001:db8::ffff"})
    void whatIsSetIsGivenBack(String text) {
        var from = new InetSocketAddress(InetAddress.ofLiteral(text), 65_535);
        address.set(from);
        assertThat(address.toSocketAddress()).isEqualTo(from);
        assertThat(address.isIpv4()).isEqualTo(text.contains("."));
    }

    @Test
    void theInterfaceOfALinkLocalAddressIsKept() throws UnknownHostException {
        byte[] octets = InetAddress.ofLiteral("fe80::1").getAddress();
        var from = new InetSocketAddress(Inet6Address.getByAddress(null, octets, 7), 53);
        address.set(from);
        assertThat(((Inet6Address) address.toSocketAddress().getAddress()).getScopeId())
                .isEqualTo(7);
    }

    @Test
    void anAddressOfIpv4IsAnUnsignedLong() {
        address.setIpv6(1, 2, 3, 4);
        address.setIpv4(0xc0000201, 53);
        assertThat(address.high()).isZero();
        assertThat(address.low()).isEqualTo(0xc0000201L);
        assertThat(address.toSocketAddress())
                .isEqualTo(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 53));
    }

    @Test
    void anIpv6AddressThatHoldsOneOfIpv4StaysWhatItIs() {
        address.setIpv6(0, 0xffff_c000_0201L, 0, 53);
        assertThat(address.toSocketAddress().getAddress()).isInstanceOf(Inet6Address.class);
    }
}
