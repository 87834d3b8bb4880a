package meridian.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoordinatesTest {

    private static final double HALF_WAY_ROUND = Math.PI * 6371.0088;

    /// Kilometres from tables of great-circle distances between airports; a sphere is within half a
    /// percent of the Earth.
    @ParameterizedTest
    @CsvSource({
        "40.6398, -73.7789, 51.4706, -0.4619, 5540, JFK to LHR",
        "1.3502, 103.9944, 40.6925, -74.1687, 15345, SIN to EWR",
        "-33.9461, 151.1772, -33.3930, -70.7858, 11340, SYD to SCL over the Pacific",
        "35.7647, 140.3864, 37.6189, -122.3750, 8220, NRT to SFO over the date line",
        "53.4213, -6.2701, 50.0333, 8.5706, 1088, DUB to FRA"
    })
    void distancesAreThoseOfTheEarth(
            double latitude,
            double longitude,
            double otherLatitude,
            double otherLongitude,
            double km,
            String pair) {
        var one = new Coordinates(latitude, longitude);
        var other = new Coordinates(otherLatitude, otherLongitude);
        assertThat(one.kilometresTo(other)).as(pair).isCloseTo(km, within(km / 200));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 180, 1",
        "90, 0, -90, 77, 1",
        "45, 10, -45, -170, 1",
        "0, 0, 0, 90, 0.5",
        "90, 0, 0, -33, 0.5",
        "12, 180, 12, -180, 0",
        "90, -120, 90, 60, 0"
    })
    void theCornersOfTheGlobeAreExact(
            double latitude,
            double longitude,
            double otherLatitude,
            double otherLongitude,
            double ofHalf) {
        var one = new Coordinates(latitude, longitude);
        var other = new Coordinates(otherLatitude, otherLongitude);
        assertThat(one.kilometresTo(other)).isCloseTo(ofHalf * HALF_WAY_ROUND, within(1e-3));
    }

    @Test
    void distanceIsSymmetricNeverNanAndNeverMoreThanHalfWayRound() {
        for (int seed = 0; seed < 5_000; seed++) {
            var random = new Random(seed);
            var one = somewhere(random);
            // Nearly the antipode, where rounding could lift the sine above one.
            var antipode =
                    new Coordinates(
                            -one.latitude(), one.longitude() + (one.longitude() > 0 ? -180 : 180));
            for (Coordinates other : new Coordinates[] {somewhere(random), antipode, one}) {
                assertThat(one.kilometresTo(other))
                        .as("seed %d", seed)
                        .isEqualTo(other.kilometresTo(one))
                        .isBetween(0.0, HALF_WAY_ROUND + 1e-6);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "90.001, 0",
        "-91, 0",
        "0, 180.001",
        "0, -181",
        "NaN, 0",
        "0, NaN",
        "Infinity, 0",
        "0, -Infinity"
    })
    void whatIsNoPlaceIsRefused(double latitude, double longitude) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Coordinates(latitude, longitude))
                .withMessageStartingWith("[" + latitude + ", " + longitude + "] is no place");
    }

    private static Coordinates somewhere(Random random) {
        return new Coordinates(random.nextDouble(-90, 90), random.nextDouble(-180, 180));
    }
}
