package meridian.topology;

import java.util.regex.Pattern;

/// What may name a thing of the fleet: it must be readable in a path, a metric's label and a log
/// line.
final class Names {

    private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");

    private Names() {}

    static void check(String what, String name) {
        if (ACCEPTED.matcher(name).matches()) return;
        throw new IllegalArgumentException(
                "\""
                        + name
                        + "\" cannot name "
                        + what
                        + "; a letter or digit, then up to 62 letters, digits, '-', '_' and '.' are accepted");
    }
}
