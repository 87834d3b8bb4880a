package meridian.dns.geo;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The subdivisions of ISO 3166-2.
///
/// Nested databases give codes. Flat ones give English names, for which `subdivisions.txt` beside
/// this class has the codes of Australia, Canada, the United Kingdom and the United States: `US CA
/// California` a line. Another country's name gives no subdivision.
final class Subdivisions {

    static final Subdivisions BUILT_IN = read("subdivisions.txt");

    private static final Pattern CODE = Pattern.compile("[A-Z0-9]{1,3}");

    /// By country, a space and the name.
    private final Map<String, String> codes = new HashMap<>();

    private static Subdivisions read(String resource) {
        var table = new Subdivisions();
        ResourceLines.of(resource).forEach(table::add);
        return table;
    }

    private void add(String line) {
        String[] words = line.split(" ", 3);
        codes.put(words[0] + " " + words[2], words[1]);
    }

    /// The code without its country, for a code with or without it, or for a name.
    Optional<String> code(String country, String text) {
        String named = codes.get(country + " " + text);
        if (named != null) return Optional.of(named);
        String code = text.startsWith(country + "-") ? text.substring(country.length() + 1) : text;
        return CODE.matcher(code).matches() ? Optional.of(code) : Optional.empty();
    }
}
