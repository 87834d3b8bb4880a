package meridian.topology;

/// What may name a thing of the fleet: it must be readable in a path, a metric's label and a log
/// line.
final class Names {

    private static final int LONGEST = 63;

    private Names() {}

    static void check(String what, String name) {
        if (isAccepted(name)) return;
        throw new IllegalArgumentException(
                "\""
                        + name
                        + "\" cannot name "
                        + what
                        + "; a letter or digit, then up to 62 letters, digits, '-', '_' and '.' are accepted");
    }

    /// By hand and not by a regular expression: messages of the fleet are full of names.
    private static boolean isAccepted(String name) {
        if (name.isEmpty() || name.length() > LONGEST || !isLetterOrDigit(name.charAt(0)))
            return false;
        for (int i = 1; i < name.length(); i++) {
            char letter = name.charAt(i);
            if (!isLetterOrDigit(letter) && letter != '-' && letter != '_' && letter != '.')
                return false;
        }
        return true;
    }

    private static boolean isLetterOrDigit(char letter) {
        return (letter >= 'a' && letter <= 'z')
                || (letter >= 'A' && letter <= 'Z')
                || (letter >= '0' && letter <= '9');
    }
}
