package meridian.config;

import java.net.InetAddress;
import java.util.Optional;
import meridian.topology.RegionId;

/// An address of which something is known, so that a wrong geo database is noticed before it
/// serves.
///
/// @param country ISO 3166-1 alpha-2, upper case
/// @param nearest the region that must be the nearest
public record GoldenLookup(
        InetAddress address, Optional<String> country, Optional<RegionId> nearest) {

    public GoldenLookup {
        if (country.isEmpty() && nearest.isEmpty()) {
            throw new IllegalArgumentException(
                    "the look-up of "
                            + address.getHostAddress()
                            + " expects nothing; country, nearest or both are accepted");
        }
    }
}
