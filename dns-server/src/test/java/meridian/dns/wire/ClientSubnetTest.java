package meridian.dns.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ClientSubnetTest {

    private static final byte[] ADDRESS = {(byte) 198, 51, 100, 0};

    @Test
    void twoOfTheSameAreEqual() {
        var one = new ClientSubnet(ClientSubnet.IPV4, ADDRESS, 24, 0);
        var other = new ClientSubnet(ClientSubnet.IPV4, ADDRESS.clone(), 24, 0);
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).isNotEqualTo(one.withScope(16));
    }

    @Test
    void anOptionCarriesTheOctetsThatItsPrefixTouches() {
        assertThat(new ClientSubnet(ClientSubnet.IPV4, ADDRESS, 24, 0).carriedOctets())
                .isEqualTo(3);
        assertThat(new ClientSubnet(ClientSubnet.IPV4, ADDRESS, 25, 0).carriedOctets())
                .isEqualTo(4);
        assertThat(new ClientSubnet(ClientSubnet.IPV4, ADDRESS, 0, 0).carriedOctets()).isZero();
    }

    @Test
    void whatNoOptionCanSayIsRefused() {
        assertThatThrownBy(() -> new ClientSubnet(3, ADDRESS, 24, 0))
                .hasMessage("address family 3 is not 1 or 2");
        assertThatThrownBy(() -> new ClientSubnet(ClientSubnet.IPV6, ADDRESS, 24, 0))
                .hasMessage("an address of family 2 has not 4 octets");
        assertThatThrownBy(() -> new ClientSubnet(ClientSubnet.IPV4, ADDRESS, 33, 0))
                .hasMessage("no address has a prefix of 33");
        assertThatThrownBy(() -> new ClientSubnet(ClientSubnet.IPV4, ADDRESS, 24, 33))
                .hasMessage("no address has a scope of 33");
    }
}
