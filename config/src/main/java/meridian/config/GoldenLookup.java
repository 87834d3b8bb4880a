package meridian.config;

import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalLong;
import meridian.topology.Coordinates;

/// What a geo database must say of one address, or it is not believed.
///
/// @param country ISO 3166-1 alpha-2, upper case
/// @param near the place it must be within `withinKilometres` of
public record GoldenLookup(
        InetAddress address,
        Optional<String> country,
        OptionalLong asNumber,
        Optional<Coordinates> near,
        double withinKilometres) {

    /// How far databases that are both right may differ on a city.
    public static final double DEFAULT_KILOMETRES = 500;

    public GoldenLookup {
        if (country.isEmpty() && asNumber.isEmpty() && near.isEmpty()) {
            throw new IllegalArgumentException(
                    "the look-up of "
                            + address.getHostAddress()
                            + " expects nothing; country, as-number or near is accepted");
        }
    }
}
