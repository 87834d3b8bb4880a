package meridian.dns.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import meridian.topology.Continent;
import meridian.topology.Coordinates;
import meridian.topology.Network;
import meridian.topology.Place;
import org.junit.jupiter.api.Test;

class WorldTableTest {

    private static final Place BERLIN = place(Continent.EU, "DE", 52.52, 13.4);
    private static final Place POTSDAM = place(Continent.EU, "DE", 52.4, 13.06);
    private static final Place MUNICH = place(Continent.EU, "DE", 48.14, 11.58);
    private static final Place VIENNA = place(Continent.EU, "AT", 48.21, 16.37);

    @Test
    void theBuiltInTableKnowsTheWorld() {
        Atlas world = WorldTable.builtIn();

        assertThat(countryIn(world, "8.8.8.8")).contains("US");
        assertThat(countryIn(world, "193.0.6.139")).contains("NL");
        assertThat(countryIn(world, "2001:67c:2e8::1")).contains("NL");
        assertThat(countryIn(world, "202.12.29.1")).contains("AU");
        assertThat(world.place(InetAddress.ofLiteral("193.0.6.139")).continent())
                .contains(Continent.EU);
        assertThat(world.place(InetAddress.ofLiteral("192.0.2.1"))).isEqualTo(Place.UNKNOWN);
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Atlas source =
                atlas(
                        List.of("192.0.2.0/24", "198.51.100.0/24", "2001:db8::/32"),
                        List.of(BERLIN, VIENNA, MUNICH));

        Atlas read = WorldTable.read(WorldTableWriter.table(source, 100, 100));

        assertThat(read.ranges().toList()).isEqualTo(source.ranges().toList());
    }

    @Test
    void aPlaceNearABiggerOneOfItsCountryIsTakenForIt() throws IOException {
        Atlas source =
                atlas(
                        List.of("10.0.0.0/8", "11.0.0.0/24", "12.0.0.0/24", "13.0.0.0/24"),
                        List.of(BERLIN, POTSDAM, MUNICH, VIENNA));

        Atlas read = WorldTable.read(WorldTableWriter.table(source, 100, 100));

        assertThat(placeIn(read, "11.0.0.1")).isEqualTo(BERLIN);
        assertThat(placeIn(read, "12.0.0.1")).isEqualTo(MUNICH);
        assertThat(placeIn(read, "13.0.0.1")).isEqualTo(VIENNA);
    }

    @Test
    void aBlockIsWhereMostOfItIs() throws IOException {
        Atlas source =
                atlas(
                        List.of(
                                "192.0.2.0/24",
                                "192.0.2.0/26",
                                "198.51.100.0/24",
                                "198.51.100.0/25",
                                "198.51.100.128/26"),
                        List.of(BERLIN, VIENNA, BERLIN, VIENNA, VIENNA));

        Atlas read = WorldTable.read(WorldTableWriter.table(source, 100, 100));

        assertThat(placeIn(read, "192.0.2.1")).isEqualTo(BERLIN);
        assertThat(placeIn(read, "198.51.100.255")).isEqualTo(VIENNA);
    }

    @Test
    void theCheapestNeighboursOfOneCountryAreJoined() throws IOException {
        Atlas source =
                atlas(
                        List.of("10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/23", "10.0.4.0/24"),
                        List.of(BERLIN, MUNICH, BERLIN, VIENNA));

        Atlas read = WorldTable.read(WorldTableWriter.table(source, 1, 5));

        assertThat(placeIn(read, "10.0.1.1")).isEqualTo(BERLIN);
        assertThat(placeIn(read, "10.0.4.1")).isEqualTo(VIENNA);
    }

    @Test
    void aDamagedTableIsRefused() {
        byte[] good = WorldTableWriter.table(atlas(List.of("10.0.0.0/8"), List.of(BERLIN)), 1, 9);
        for (long seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            byte[] damaged = good.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
            byte[] cut = Arrays.copyOf(good, random.nextInt(good.length));

            assertRefused(damaged, seed);
            assertRefused(cut, seed);
        }
    }

    private static void assertRefused(byte[] table, long seed) {
        assertThatExceptionOfType(IOException.class)
                .as("seed %d", seed)
                .isThrownBy(() -> WorldTable.read(table))
                .withMessageContaining("geo table");
    }

    @Test
    void agreementWithItselfIsWhole() {
        Atlas source = atlas(List.of("10.0.0.0/8", "2001:db8::/32"), List.of(BERLIN, VIENNA));

        assertThat(WorldTableAgreement.of(source, source).lines())
                .hasSize(2)
                .allMatch(line -> line.contains("same country 100.00 %, distance p50 0 km"));
    }

    @Test
    void centroidsAreMeansWeightedByAddresses() {
        Atlas source = atlas(List.of("10.0.0.0/8", "11.0.0.0/24"), List.of(MUNICH, BERLIN));

        assertThat(Centroids.of(source).into(List.of("DE EU 0 0", "FR EU 1 2", "* EU 0 0")))
                .containsExactly("DE EU 48.14 11.58", "FR EU 1 2", "* EU 48.14 11.58");
    }

    private static Atlas atlas(List<String> networks, List<Place> places) {
        var four = new Nesting(32);
        var six = new Nesting(128);
        var numbers = new PlaceNumbers();
        for (int i = 0; i < networks.size(); i++) {
            int number = numbers.number(places.get(i));
            four.add(Network.of(networks.get(i)), number);
            six.add(Network.of(networks.get(i)), number);
        }
        return new Atlas(four.ranges(0), six.ranges(0), numbers.places());
    }

    private static Optional<String> countryIn(Atlas atlas, String address) {
        return placeIn(atlas, address).country();
    }

    private static Place placeIn(Atlas atlas, String address) {
        return atlas.place(InetAddress.ofLiteral(address));
    }

    private static Place place(
            Continent continent, String country, double latitude, double longitude) {
        return new Place(
                Optional.of(continent),
                Optional.of(country),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.of(new Coordinates(latitude, longitude)),
                List.of());
    }
}
