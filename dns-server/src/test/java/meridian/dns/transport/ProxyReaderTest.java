package meridian.dns.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyReaderTest {

    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
    private static final String OVER_IPV4 =
            SIGNATURE + "2111000c" + "cb007109" + "c0000235" + "1267" + "0035";
    private static final String OVER_IPV6 =
            SIGNATURE
                    + "21210024"
                    + "20010db8000000000000000000000009"
                    + "20010db8000000000000000000000035"
                    + "1267"
                    + "0035";

    static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    /// As a load balancer writes it that passes on a connection from here.
    static byte[] from(InetSocketAddress client) {
        return ByteBuffer.allocate(28)
                .put(octets(SIGNATURE + "2111000c"))
                .put(client.getAddress().getAddress())
                .put(new byte[4])
                .putShort((short) client.getPort())
                .putShort((short) 53)
                .array();
    }

    private static ProxyHeader read(String hex) {
        return ProxyReader.read(ByteBuffer.wrap(octets(hex)));
    }

    private static ProxyHeader whole(int length, String address) {
        var client = new InetSocketAddress(InetAddress.ofLiteral(address), 4711);
        return new ProxyHeader.Whole(length, Optional.of(client));
    }

    @Test
    void theSourceIsTheClient() {
        assertThat(read(OVER_IPV4)).isEqualTo(whole(28, "203.0.113.9"));
        assertThat(read(OVER_IPV6)).isEqualTo(whole(52, "2001:db8::9"));
        assertThat(read(OVER_IPV4 + "0003")).isEqualTo(whole(28, "203.0.113.9"));
    }

    @Test
    void whatStandsBehindTheAddressesIsPartOfIt() {
        String withMore = OVER_IPV4.replace("2111000c", "21110012") + "040003616263";
        assertThat(read(withMore)).isEqualTo(whole(34, "203.0.113.9"));
    }

    @Test
    void aConnectionOfTheLoadBalancersOwnHasNoClient() {
        assertThat(read(SIGNATURE + "20000000"))
                .isEqualTo(new ProxyHeader.Whole(16, Optional.empty()));
        assertThat(read(SIGNATURE + "21000000"))
                .isEqualTo(new ProxyHeader.Whole(16, Optional.empty()));
    }

    @Test
    void howeverMuchIsMissingItMayYetCome() {
        for (String one : new String[] {OVER_IPV4, OVER_IPV6})
            for (int length = 0; length < one.length() / 2; length++)
                assertThat(ProxyReader.read(ByteBuffer.wrap(octets(one), 0, length)))
                        .as("%d octets", length)
                        .isEqualTo(new ProxyHeader.Begun());
    }

    @Test
    void anotherSignatureIsToldAtItsFirstOctet() {
        for (int at = 0; at < 12; at++) {
            byte[] octets = Arrays.copyOf(octets(OVER_IPV4), at + 1);
            octets[at] ^= 1;
            assertThat(ProxyReader.read(ByteBuffer.wrap(octets)))
                    .isEqualTo(new ProxyHeader.Broken("does not begin as one of version 2 does"));
        }
        byte[] first = "PROXY TCP4".getBytes(StandardCharsets.US_ASCII);
        assertThat(ProxyReader.read(ByteBuffer.wrap(first)))
                .isEqualTo(new ProxyHeader.Broken("does not begin as one of version 2 does"));
    }

    @ParameterizedTest
    @CsvSource({
        "2211000c, has the version and command 34",
        "1111000c, has the version and command 17",
        "2112000c, has the family 18",
        "2131000c, has the family 49",
        "2111000b, is too short for its addresses",
        "2121000c, is too short for its addresses",
        "211107f1, announces 2049 octets",
        "2111ffff, announces 65551 octets"
    })
    void whatCannotBeIsBroken(String head, String why) {
        assertThat(read(OVER_IPV4.replace("2111000c", head)))
                .isEqualTo(new ProxyHeader.Broken(why));
    }
}
