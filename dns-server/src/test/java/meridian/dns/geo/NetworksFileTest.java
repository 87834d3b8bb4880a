package meridian.dns.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import meridian.topology.RegionId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworksFileTest {

    private static final RegionId EAST = new RegionId("us-east");
    private static final RegionId WEST = new RegionId("eu-west");

    @TempDir private Path folder;

    @Test
    void linesCommentsAndSpacesAreRead() throws IOException {
        NetworksFile file =
                read(
                        """
                        # offices
                        192.0.2.0/24   us-east , eu-west   # head office

                        2001:db8::/32\teu-west\r
                        203.0.113.7 us-east
                        """);

        assertThat(file.problems()).isEmpty();
        assertThat(order(file, "192.0.2.0")).containsExactly(EAST, WEST);
        assertThat(order(file, "192.0.2.255")).containsExactly(EAST, WEST);
        assertThat(order(file, "192.0.3.0")).isEmpty();
        assertThat(order(file, "2001:db8::7")).containsExactly(WEST);
        assertThat(order(file, "2001:db9::")).isEmpty();
        assertThat(order(file, "203.0.113.7")).containsExactly(EAST);
        assertThat(order(file, "203.0.113.8")).isEmpty();
    }

    @Test
    void theMoreSpecificLineWinsInWhateverOrderTheyStand() throws IOException {
        String wide = "2001:db8::/32 us-east\n";
        String narrow = "2001:db8:1::/48 eu-west,us-east\n";

        for (String text : List.of(wide + narrow, narrow + wide)) {
            NetworksFile file = read(text);

            assertThat(order(file, "2001:db8:1::7")).containsExactly(WEST, EAST);
            assertThat(order(file, "2001:db8:2::7")).containsExactly(EAST);
        }
    }

    @Test
    void everyProblemIsToldWithItsLine() throws IOException {
        NetworksFile file =
                read(
                        """
                        192.0.2.0/24 us-east
                        192.0.2.1/24 us-east
                        192.0.2.0/33 us-east
                        office us-east
                        198.51.100.0/24
                        198.51.100.0/24 us-south
                        203.0.113.0/24 us-east,us-east
                        203.0.114.0/24 us-east,,eu-west
                        203.0.115.0/24 us-east eu-west
                        192.0.2.0/24 eu-west
                        192.0.2.0/24 us-east
                        2001:db8::/32 us-east
                        2001:db8::/32 us-east
                        """);

        assertThat(file.problems())
                .extracting(problem -> problem.toString().replace(folder + "/", ""))
                .containsExactly(
                        "networks.txt:2: 192.0.2.1/24 has bits set behind its prefix; 192.0.2.0/24 or a longer prefix is accepted",
                        "networks.txt:3: 192.0.2.0/33 has no such prefix; /0 to /32 are accepted",
                        "networks.txt:4: \"office\" is no address; 192.0.2.1 or 2001:db8::1 is accepted",
                        "networks.txt:5: it names no region; a line is \"192.0.2.0/24 region,region,…\" with at least one region",
                        "networks.txt:6: 198.51.100.0/24 stands in line 5 already; each network is accepted once",
                        "networks.txt:6: there is no region \"us-south\"; accepted are eu-west, us-east",
                        "networks.txt:7: it names the region us-east twice; each is accepted once",
                        "networks.txt:8: a region is missing beside a comma; a line is \"192.0.2.0/24 region,region,…\" with at least one region",
                        "networks.txt:9: \"us-east eu-west\" is more than one word; regions are parted by commas",
                        "networks.txt:10: 192.0.2.0/24 stands in line 1 already; each network is accepted once",
                        "networks.txt:11: 192.0.2.0/24 stands in line 1 already; each network is accepted once",
                        "networks.txt:13: 2001:db8::/32 stands in line 12 already; each network is accepted once");
        assertThat(file.orders()).isSameAs(NetworkOrders.NONE);
    }

    @Test
    void aFileThatCannotBeReadIsAProblem() throws IOException {
        Path missing = folder.resolve("networks.txt");
        Path latin = Files.write(folder.resolve("latin.txt"), new byte[] {'#', (byte) 0xE4});

        assertThat(NetworksFile.read(missing, Set.of(EAST)).problems())
                .singleElement()
                .asString()
                .contains("networks.txt: there is no such file");
        assertThat(NetworksFile.read(latin, Set.of(EAST)).problems())
                .singleElement()
                .asString()
                .contains("latin.txt: it is not text in UTF-8");
    }

    @Test
    void aQuarterOfAMillionLinesAreRead() throws IOException {
        var text = new StringBuilder();
        for (int i = 0; i < 250_000; i++) {
            text.append("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255));
            text.append("/32 us-east, eu-west\n");
        }

        NetworksFile file = read(text.toString());

        assertThat(file.problems()).isEmpty();
        assertThat(file.orders().ranges(32).size()).isEqualTo(3);
        assertThat(file.orders().bytes()).isLessThan(100);
    }

    private NetworksFile read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("networks.txt"), text);
        return NetworksFile.read(file, Set.of(EAST, WEST));
    }

    private static List<RegionId> order(NetworksFile file, String address) {
        return file.orders().order(InetAddress.ofLiteral(address).getAddress());
    }
}
