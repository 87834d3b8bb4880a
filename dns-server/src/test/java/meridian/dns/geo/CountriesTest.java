package meridian.dns.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import meridian.topology.Continent;
import org.junit.jupiter.api.Test;

class CountriesTest {

    /// The configuration warns of rules by the one, and clients are placed by the other.
    @Test
    void theEmbeddedTableHasEachCountryOnTheContinentThatTheModelHasItOn() {
        for (String code : Locale.getISOCountries())
            assertThat(Countries.BUILT_IN.continent(code)).as(code).isEqualTo(Continent.of(code));
    }
}
