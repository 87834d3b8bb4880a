package meridian.dns.geo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
        try (InputStream in = Subdivisions.class.getResourceAsStream(resource)) {
            if (in == null)
                throw new IllegalStateException("the resource " + resource + " is missing");
            var table = new Subdivisions();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(table::add);
            return table;
        } catch (IOException e) {
            throw new UncheckedIOException("the resource " + resource + " cannot be read", e);
        }
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
