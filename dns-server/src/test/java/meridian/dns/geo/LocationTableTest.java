package meridian.dns.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import meridian.topology.Network;
import meridian.topology.Place;
import org.junit.jupiter.api.Test;

class LocationTableTest {

    @Test
    void aSpaceOfOneClassHasScopeZero() {
        LocationTable table = LocationTable.compile(Atlas.EMPTY, List.of(), (_, _) -> 5);

        int found = table.find(InetAddress.ofLiteral("192.0.2.1"));

        assertThat(LocationTable.locationClass(found)).isEqualTo(5);
        assertThat(LocationTable.scope(found)).isZero();
        assertThat(table.rangeCount()).isEqualTo(2);
    }

    @Test
    void theScopeIsTheWidestBlockWithOneClass() {
        LocationTable table = tableOf("192.0.2.0/24", "2001:db8::/32");

        assertThat(scope(table, "192.0.2.77")).isEqualTo(24);
        assertThat(scope(table, "192.0.3.0")).isEqualTo(24);
        assertThat(scope(table, "10.0.0.1")).isEqualTo(1);
        assertThat(scope(table, "2001:db8::1")).isEqualTo(32);
        assertThat(scope(table, "2001:db9::")).isEqualTo(32);
        assertThat(scope(table, "8000::")).isEqualTo(1);
    }

    @Test
    void theScopeMayBeAWholeAddress() {
        LocationTable table = tableOf("192.0.2.1/32", "2001:db8::1/128");

        assertThat(scope(table, "192.0.2.1")).isEqualTo(32);
        assertThat(scope(table, "192.0.2.0")).isEqualTo(32);
        assertThat(scope(table, "2001:db8::1")).isEqualTo(128);
        assertThat(scope(table, "2001:db8::2")).isEqualTo(127);
    }

    @Test
    void aPlaceAndItsNetworkSetsAreAskedForOnce() {
        Atlas atlas = atlas(32, List.of("192.0.2.0/24", "198.51.100.0/24"));
        List<List<Network>> sets =
                List.of(
                        List.of(Network.of("192.0.2.0/25"), Network.of("198.51.100.0/25")),
                        List.of(Network.of("192.0.2.0/26"), Network.of("192.0.2.0/26")));
        Set<String> asked = new HashSet<>();

        LocationTable table =
                LocationTable.compile(
                        atlas,
                        sets,
                        (place, in) -> {
                            String pair = place.asNumber() + " in " + in;
                            assertThat(asked.add(pair)).as(pair).isTrue();
                            return in.cardinality();
                        });

        assertThat(locationClass(table, "192.0.2.63")).isEqualTo(2);
        assertThat(locationClass(table, "192.0.2.64")).isEqualTo(1);
        assertThat(locationClass(table, "192.0.2.128")).isZero();
        assertThat(locationClass(table, "198.51.100.1")).isEqualTo(1);
        assertThat(asked).hasSize(6);
    }

    @Test
    void aNegativeClassIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocationTable.compile(Atlas.EMPTY, List.of(), (_, _) -> -1));
    }

    @Test
    void classAndScopeAreThoseOfABruteForceSearch() {
        for (long seed = 0; seed < 400; seed++) {
            var random = new Random(seed);
            int width = random.nextBoolean() ? 32 : 128;
            var expected = new Oracle(random, width);
            LocationTable table =
                    LocationTable.compile(expected.atlas(), List.of(expected.set), Oracle::classOf);

            for (BigInteger address : expected.probes(random)) {
                int found = table.find(expected.bytes(address));
                String where = "seed " + seed + ", " + address.toString(16);
                assertThat(LocationTable.locationClass(found))
                        .as(where)
                        .isEqualTo(expected.locationClass(address));
                assertThat(LocationTable.scope(found)).as(where).isEqualTo(expected.scope(address));
            }
        }
    }

    /// The same as a table, by plain search through all networks and all block lengths.
    private static final class Oracle {
        final int width;
        final List<Network> placed = new ArrayList<>();
        final List<Network> set = new ArrayList<>();
        final SortedSet<BigInteger> borders;

        Oracle(Random random, int width) {
            this.width = width;
            for (int i = random.nextInt(8); i > 0; i--) placed.add(network(random));
            for (int i = random.nextInt(4); i > 0; i--) set.add(network(random));
            borders = borders();
        }

        /// Only a few bits vary, at the top and at the bottom, so that networks meet and nest.
        private Network network(Random random) {
            int length =
                    random.nextBoolean()
                            ? random.nextInt(6)
                            : width - random.nextInt(random.nextBoolean() ? 3 : width);
            BigInteger mask = size().shiftRight(length).subtract(BigInteger.ONE);
            return new Network(inet(address(random).andNot(mask)), length);
        }

        private BigInteger address(Random random) {
            BigInteger top = BigInteger.valueOf(random.nextInt(16)).shiftLeft(width - 4);
            BigInteger bottom = BigInteger.valueOf(random.nextInt(4));
            return random.nextBoolean() ? top : top.or(bottom);
        }

        private BigInteger size() {
            return BigInteger.ONE.shiftLeft(width);
        }

        Atlas atlas() {
            return LocationTableTest.atlas(width, placed.stream().map(Network::toString).toList());
        }

        static int classOf(Place place, BitSet in) {
            return (int) place.asNumber().orElse(0) % 3 * 2 + in.cardinality();
        }

        int locationClass(BigInteger address) {
            Place best = Place.UNKNOWN;
            int length = -1;
            for (int i = 0; i < placed.size(); i++) {
                Network network = placed.get(i);
                if (network.prefixLength() <= length || !network.contains(inet(address))) continue;
                best = Place.UNKNOWN.withAsNumber(i + 1);
                length = network.prefixLength();
            }
            BitSet in = new BitSet();
            in.set(0, set.stream().anyMatch(network -> network.contains(inet(address))));
            return classOf(best, in);
        }

        int scope(BigInteger address) {
            for (int length = 0; length <= width; length++) {
                BigInteger size = size().shiftRight(length);
                BigInteger first = address.divide(size).multiply(size);
                if (isOfOneClass(first, first.add(size))) return length;
            }
            throw new AssertionError("a single address is of one class");
        }

        private boolean isOfOneClass(BigInteger first, BigInteger end) {
            int wanted = locationClass(first);
            return borders.subSet(first, end).stream()
                    .allMatch(border -> locationClass(border) == wanted);
        }

        /// Every address at which the class may change.
        private SortedSet<BigInteger> borders() {
            var borders = new TreeSet<BigInteger>();
            for (List<Network> networks : List.of(placed, set)) {
                for (Network network : networks) {
                    var first = new BigInteger(1, network.address().getAddress());
                    borders.add(first);
                    borders.add(first.add(size().shiftRight(network.prefixLength())));
                }
            }
            borders.remove(size());
            return borders;
        }

        List<BigInteger> probes(Random random) {
            List<BigInteger> probes = new ArrayList<>(borders);
            borders.stream()
                    .filter(b -> b.signum() > 0)
                    .forEach(b -> probes.add(b.subtract(BigInteger.ONE)));
            for (int i = 0; i < 10; i++) probes.add(address(random));
            return probes;
        }

        byte[] bytes(BigInteger address) {
            return inet(address).getAddress();
        }

        private InetAddress inet(BigInteger address) {
            return Addresses.of(width, address.shiftRight(64).longValue(), address.longValue());
        }
    }

    /// The networks' places differ by their AS numbers: 1 for the first, and so on.
    private static Atlas atlas(int width, List<String> networks) {
        var nesting = new Nesting(width);
        List<Place> places = new ArrayList<>(List.of(Place.UNKNOWN));
        Set<String> seen = new HashSet<>();
        for (String network : networks) {
            places.add(Place.UNKNOWN.withAsNumber(places.size()));
            if (seen.add(network)) nesting.add(Network.of(network), places.size() - 1);
        }
        return width == 32
                ? new Atlas(nesting.ranges(0), Ranges.all(128, 0), places)
                : new Atlas(Ranges.all(32, 0), nesting.ranges(0), places);
    }

    private static LocationTable tableOf(String... networks) {
        List<Network> set = List.of(networks).stream().map(Network::of).toList();
        return LocationTable.compile(Atlas.EMPTY, List.of(set), (_, in) -> in.cardinality());
    }

    private static int scope(LocationTable table, String address) {
        return LocationTable.scope(table.find(InetAddress.ofLiteral(address)));
    }

    private static int locationClass(LocationTable table, String address) {
        return LocationTable.locationClass(table.find(InetAddress.ofLiteral(address)));
    }
}
