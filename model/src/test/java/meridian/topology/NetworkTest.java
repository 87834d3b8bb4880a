package meridian.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.0/24",
        "192.0.2.7, 192.0.2.7/32",
        "0.0.0.0/0, 0.0.0.0/0",
        "192.0.2.128/25, 192.0.2.128/25",
        "2001:db8::/32, 2001:db8::/32",
        "::/0, ::/0",
        "::1, ::1/128"
    })
    void aNetworkIsReadAndWritten(String text, String written) {
        assertThat(Network.of(text)).hasToString(written);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    192.0.2.0/33  | 192.0.2.0/33 has no such prefix; /0 to /32 are accepted
                    192.0.2.1/24  | 192.0.2.1/24 has bits set behind its prefix; 192.0.2.0/24 or a longer prefix is accepted
                    192.0.2.0/    | "192.0.2.0/" is no network; 192.0.2.0/24 or 2001:db8::/32 is accepted
                    192.0.2.0/-1  | "192.0.2.0/-1" is no network; 192.0.2.0/24 or 2001:db8::/32 is accepted
                    192.0.2.0/2 4 | "192.0.2.0/2 4" is no network; 192.0.2.0/24 or 2001:db8::/32 is accepted
                    ::/129        | ::/129 has no such prefix; /0 to /128 are accepted
                    """)
    void whatIsNoNetworkIsRefused(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Network.of(text))
                .withMessage(message);
    }

    /// A resolver is never asked, and nothing is guessed.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "192.0.2",
                "192.0.2.256",
                "192.0.2.1.",
                "192.0.2.010",
                "0x7f.0.0.1",
                "[::1]",
                "fe80::1%1",
                "192.0.2.1:80",
                "2001:db8::g",
                " 192.0.2.1"
            })
    void whatIsNoAddressIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Network.addressOf(text))
                .withMessage(
                        "\"" + text + "\" is no address; 192.0.2.1 or 2001:db8::1 is accepted");
    }

    /// Against arithmetic on whole numbers.
    @Test
    void aNetworkContainsWhatSharesItsPrefix() throws Exception {
        for (int seed = 0; seed < 3_000; seed++) {
            var random = new Random(seed);
            byte[] octets = new byte[random.nextBoolean() ? 4 : 16];
            int bits = octets.length * 8;
            int prefix = random.nextInt(bits + 1);
            random.nextBytes(octets);
            BigInteger whole = new BigInteger(1, octets);
            BigInteger first = whole.shiftRight(bits - prefix).shiftLeft(bits - prefix);
            var network = new Network(address(first, octets.length), prefix);
            BigInteger other = whole.flipBit(random.nextInt(bits));
            assertThat(network.contains(InetAddress.getByAddress(octets))).isTrue();
            assertThat(network.contains(address(other, octets.length)))
                    .as("seed %d, %s", seed, network)
                    .isEqualTo(
                            other.shiftRight(bits - prefix)
                                    .equals(first.shiftRight(bits - prefix)));
        }
    }

    @Test
    void aNetworkOfOneFamilyContainsNothingOfTheOther() {
        assertThat(Network.of("0.0.0.0/0").contains(Network.addressOf("::1"))).isFalse();
        assertThat(Network.of("::/0").contains(Network.addressOf("192.0.2.1"))).isFalse();
    }

    @Test
    void theOrderIsByFamilyThenAddressThenWidth() {
        assertThat(
                        Stream.of("::/0", "200.0.0.0/8", "10.0.0.0/16", "10.0.0.0/8", "9.0.0.0/8")
                                .map(Network::of)
                                .sorted()
                                .map(Network::toString))
                .containsExactly("9.0.0.0/8", "10.0.0.0/8", "10.0.0.0/16", "200.0.0.0/8", "::/0");
    }

    private static InetAddress address(BigInteger number, int size) throws Exception {
        byte[] octets = new byte[size];
        byte[] magnitude = number.toByteArray();
        int length = Math.min(size, magnitude.length);
        System.arraycopy(magnitude, magnitude.length - length, octets, size - length, length);
        return InetAddress.getByAddress(octets);
    }
}
