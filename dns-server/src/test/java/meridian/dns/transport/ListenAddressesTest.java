package meridian.dns.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class ListenAddressesTest {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    @Test
    void anAddressStandsForItself() throws IOException {
        var address = new InetSocketAddress(LOOPBACK, 53);
        assertThat(ListenAddresses.of(address)).containsExactly(address);
    }

    @Test
    void aWildcardStandsForEachAddress() throws IOException {
        var any = new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 53);
        assertThat(ListenAddresses.of(any))
                .contains(new InetSocketAddress(LOOPBACK, 53))
                .allMatch(each -> each.getAddress() instanceof Inet4Address)
                .noneMatch(each -> each.getAddress().isAnyLocalAddress());
    }

    @Test
    void theIpv6WildcardStandsForBothFamilies() throws IOException {
        var any = new InetSocketAddress(InetAddress.ofLiteral("::"), 53);
        assertThat(ListenAddresses.of(any)).contains(new InetSocketAddress(LOOPBACK, 53));
    }

    @Test
    void theIpv6WildcardIsASocketOfEachFamily() {
        var ipv4 = new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 53);
        var ipv6 = new InetSocketAddress(InetAddress.ofLiteral("::"), 53);
        assertThat(ListenAddresses.families(ipv6)).containsExactly(ipv6, ipv4);
        assertThat(ListenAddresses.families(ipv4)).containsExactly(ipv4);
        var one = new InetSocketAddress(InetAddress.ofLiteral("::1"), 53);
        assertThat(ListenAddresses.families(one)).containsExactly(one);
    }
}
