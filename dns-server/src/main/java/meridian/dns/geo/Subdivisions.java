package meridian.dns.geo;

import java.util.Optional;

/// The subdivisions of ISO 3166-2 by code and by name.
final class Subdivisions {

    static final Subdivisions BUILT_IN = new Subdivisions();

    /// The code without its country, for a code or a name.
    Optional<String> code(String country, String text) {
        String code = text.startsWith(country + "-") ? text.substring(country.length() + 1) : text;
        return code.matches("[A-Z0-9]{1,3}") ? Optional.of(code) : Optional.empty();
    }
}
