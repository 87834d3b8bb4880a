package meridian.dns.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import meridian.topology.Continent;
import meridian.topology.Coordinates;
import meridian.topology.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MmdbFileTest {

    private static final Map<String, Object> NESTED =
            Map.of(
                    "continent", Map.of("code", "NA"),
                    "country", Map.of("iso_code", "US"),
                    "registered_country", Map.of("iso_code", "CA"),
                    "subdivisions", List.of(Map.of("iso_code", "CA"), Map.of("iso_code", "X")),
                    "location", Map.of("latitude", 37.77, "longitude", -122.42));

    private static final Map<String, Object> FLAT =
            Map.of(
                    "country_code",
                    "DE",
                    "latitude",
                    52.52f,
                    "longitude",
                    13.405f,
                    "city",
                    "Berlin");

    private static final Place SAN_FRANCISCO =
            new Place(
                    Optional.of(Continent.NA),
                    Optional.of("US"),
                    Optional.of("CA"),
                    OptionalLong.empty(),
                    Optional.of(new Coordinates(37.77, -122.42)),
                    List.of());

    private static final Place BERLIN =
            new Place(
                    Optional.of(Continent.EU),
                    Optional.of("DE"),
                    Optional.empty(),
                    OptionalLong.empty(),
                    Optional.of(new Coordinates(52.52, 13.405)),
                    List.of());

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {24, 28, 32})
    void nestedAndFlatRecordsAreRead(int recordSize) {
        Atlas atlas =
                load(
                        new MmdbWriter(6, recordSize)
                                .put("192.0.2.0/24", NESTED)
                                .put("2001:db8::/32", FLAT));

        assertThat(placeIn(atlas, "192.0.2.255")).isEqualTo(SAN_FRANCISCO);
        assertThat(placeIn(atlas, "192.0.3.0")).isEqualTo(Place.UNKNOWN);
        assertThat(placeIn(atlas, "2001:db8:ffff::1")).isEqualTo(BERLIN);
        assertThat(placeIn(atlas, "2001:db9::1")).isEqualTo(Place.UNKNOWN);
    }

    @Test
    void theNameOfTheTypeIsNotTrusted() {
        Atlas atlas = load(new MmdbWriter(4, 24).called("GeoLite2-ASN").put("192.0.2.0/24", FLAT));

        assertThat(placeIn(atlas, "192.0.2.1")).isEqualTo(BERLIN);
    }

    @Test
    void anIpv4FileSaysNothingOfIpv6() {
        Atlas atlas = load(new MmdbWriter(4, 24).put("0.0.0.0/1", FLAT));

        assertThat(placeIn(atlas, "1.2.3.4")).isEqualTo(BERLIN);
        assertThat(placeIn(atlas, "::1")).isEqualTo(Place.UNKNOWN);
        assertThat(placeIn(atlas, "102:304::")).isEqualTo(Place.UNKNOWN);
    }

    @Test
    void aliasesOfTheIpv4HalfAreNotReadAgain() {
        Atlas atlas =
                load(
                        new MmdbWriter(6, 24)
                                .put("192.0.2.0/24", FLAT)
                                .alias("2002::/16")
                                .alias("::ffff:0:0:0/96"));

        assertThat(placeIn(atlas, "192.0.2.1")).isEqualTo(BERLIN);
        assertThat(placeIn(atlas, "2002:c000:0201::1")).isEqualTo(Place.UNKNOWN);
        assertThat(atlas.ipv6().size()).isEqualTo(1);
    }

    @Test
    void aRecordOverAllOfIpv4InsideAnIpv6TreeIsRead() {
        Atlas atlas = load(new MmdbWriter(6, 24).put("::/64", FLAT));

        assertThat(placeIn(atlas, "192.0.2.1")).isEqualTo(BERLIN);
        assertThat(placeIn(atlas, "::2")).isEqualTo(BERLIN);
        assertThat(placeIn(atlas, "0:0:0:1::")).isEqualTo(Place.UNKNOWN);
    }

    @Test
    void theRegisteredCountryStandsInForTheCountry() {
        assertThat(only(Map.of("registered_country", Map.of("iso_code", "FR"))).country())
                .contains("FR");
    }

    @Test
    void aPlaceWithoutCoordinatesIsAtTheMiddleOfItsCountryOrContinent() {
        Place france = only(Map.of("country_code", "FR"));
        Place africa = only(Map.of("continent", Map.of("code", "AF")));

        assertThat(france.continent()).contains(Continent.EU);
        assertThat(france.coordinates().orElseThrow().kilometresTo(new Coordinates(46.5, 2.5)))
                .isLessThan(300);
        assertThat(africa.coordinates()).isPresent();
        assertThat(only(Map.of("city", "Nowhere"))).isEqualTo(Place.UNKNOWN);
    }

    @Test
    void asNumbersAreReadInEveryForm() {
        for (Map<String, Object> record :
                List.<Map<String, Object>>of(
                        Map.of("autonomous_system_number", 64496),
                        Map.of("asn", "AS64496"),
                        Map.of("as_number", "64496"))) {
            assertThat(only(record)).isEqualTo(Place.UNKNOWN.withAsNumber(64496));
        }
    }

    @Test
    void aSubdivisionIsReadAsACodeOrAName() {
        assertThat(only(Map.of("country_code", "US", "region_code", "US-TX")).subdivision())
                .contains("TX");
        assertThat(only(Map.of("country_code", "CA", "state1", "Ontario")).subdivision())
                .contains("ON");
        assertThat(only(Map.of("country_code", "FR", "state1", "Occitanie")).subdivision())
                .isEmpty();
    }

    @Test
    void impossibleValuesAreAbsentAndTold() {
        var writer =
                new MmdbWriter(4, 24)
                        .put("192.0.0.0/24", Map.of("latitude", 95.0, "longitude", 1.0))
                        .put("192.0.1.0/24", Map.of("latitude", Double.NaN, "longitude", 1.0))
                        .put("192.0.2.0/24", Map.of("latitude", true, "longitude", 1.0))
                        .put("192.0.3.0/24", Map.of("country_code", "ZZ"))
                        .put("192.0.4.0/24", Map.of("country_code", 7))
                        .put("192.0.5.0/24", Map.of("asn", "ASX"))
                        .put("192.0.6.0/24", "no map")
                        .put("192.0.7.0/24", Map.of("latitude", 0.0, "longitude", 0.0));

        var loaded = (GeoLoad.Loaded) read(writer.bytes());

        assertThat(loaded.atlas().places()).containsExactly(Place.UNKNOWN);
        assertThat(loaded.remarks())
                .extracting(remark -> remark.substring(remark.indexOf(": ") + 2))
                .containsExactly(
                        "in 3 records the latitude makes no sense and counts as absent; the first is \"95.0\"",
                        "in 2 records the country makes no sense and counts as absent; the first is \"ZZ\"",
                        "in 1 records the AS number makes no sense and counts as absent; the first is \"ASX\"",
                        "in 1 records the record makes no sense and counts as absent; the first is \"no map\"");
    }

    @Test
    void aMissingFileIsRefused() {
        assertThat(refusal(MmdbFile.read(folder.resolve("none.mmdb"))))
                .endsWith("none.mmdb: there is no such file");
    }

    @Test
    void aFileThatIsNoDatabaseIsRefused() {
        assertThat(refusal(read("hello".getBytes(StandardCharsets.US_ASCII))))
                .contains("test.mmdb: it is no database in MaxMind's format");
    }

    @Test
    void aTreeLongerThanItsFileIsRefused() {
        byte[] file = new MmdbWriter(4, 24).put("192.0.2.0/24", FLAT).bytes();
        int count = new String(file, StandardCharsets.ISO_8859_1).indexOf("node_count") + 11;
        ByteBuffer.wrap(file).putInt(count, 1_000_000);

        assertThat(refusal(read(file)))
                .contains("its search tree of 1000000 nodes would end at byte 6000000, but");
    }

    @Test
    void aTreeThatPointsBehindTheFileIsRefused() {
        byte[] file = new MmdbWriter(4, 24).put("192.0.2.0/24", FLAT).bytes();
        file[0] = 1; // the left record of the first node

        assertThat(refusal(read(file)))
                .endsWith("its search tree leads beyond the end of the file (at 0.0.0.0/1)");
    }

    @Test
    void aTreeThatLoopsIsRefused() {
        byte[] file = new MmdbWriter(4, 24).put("192.0.2.0/24", FLAT).bytes();
        Arrays.fill(file, 0, 6, (byte) 0); // both sides of the first node lead to itself

        assertThat(refusal(read(file))).contains("its search tree");
    }

    @Test
    void noDamageThrowsAnythingButARefusal() {
        byte[] good =
                new MmdbWriter(6, 28)
                        .put("192.0.2.0/24", NESTED)
                        .put("2001:db8::/32", FLAT)
                        .alias("2002::/16")
                        .bytes();
        for (long seed = 0; seed < 3000; seed++) {
            var random = new Random(seed);
            byte[] damaged = good.clone();
            for (int i = 1 + random.nextInt(4); i > 0; i--)
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            if (random.nextInt(4) == 0)
                damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));

            assertThat(read(damaged)).as("seed %d", seed).isNotNull();
        }
    }

    @Test
    void severalDatabasesMakeOneAtlas() {
        Path cities = new MmdbWriter(4, 24).put("192.0.2.0/24", FLAT).write(folder.resolve("c"));
        Path numbers =
                new MmdbWriter(6, 24)
                        .put("192.0.0.0/16", Map.of("asn", 7))
                        .write(folder.resolve("n"));

        var loaded = (GeoLoad.Loaded) GeoLoad.read(List.of(cities, numbers));

        assertThat(placeIn(loaded.atlas(), "192.0.2.1")).isEqualTo(BERLIN.withAsNumber(7));
        assertThat(placeIn(loaded.atlas(), "192.0.3.1")).isEqualTo(Place.UNKNOWN.withAsNumber(7));
    }

    @Test
    void everyRefusedDatabaseIsTold() {
        Path missing = folder.resolve("missing.mmdb");
        Path alsoMissing = folder.resolve("also-missing.mmdb");

        var refused = (GeoLoad.Refused) GeoLoad.read(List.of(missing, alsoMissing));

        assertThat(refused.reasons())
                .extracting(GeoLoad.Reason::file)
                .containsExactly(Optional.of(missing), Optional.of(alsoMissing));
    }

    private Place only(Map<String, ?> record) {
        return placeIn(load(new MmdbWriter(4, 24).put("192.0.2.0/24", record)), "192.0.2.1");
    }

    private Atlas load(MmdbWriter writer) {
        var loaded = (GeoLoad.Loaded) read(writer.bytes());
        assertThat(loaded.remarks()).isEmpty();
        return loaded.atlas();
    }

    private GeoLoad read(byte[] database) {
        Path file = folder.resolve("test.mmdb");
        try {
            // To write over what was just written would wait for the disk.
            Files.deleteIfExists(file);
            return MmdbFile.read(Files.write(file, database));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String refusal(GeoLoad outcome) {
        return ((GeoLoad.Refused) outcome).reasons().getFirst().toString();
    }

    private static Place placeIn(Atlas atlas, String address) {
        return atlas.place(InetAddress.ofLiteral(address));
    }
}
