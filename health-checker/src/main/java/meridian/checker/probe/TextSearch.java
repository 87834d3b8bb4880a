package meridian.checker.probe;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Looks for octets in a stream as they arrive, so that a body without an end passes once its text
/// has come.
final class TextSearch {

    /// Most bodies of health checks fit. Room for the limit at once, in each of thousands of
    /// attempts a second, was three quarters of what a checker allocated.
    private static final int FIRST_ROOM = 1024;

    private TextSearch() {}

    static boolean finds(byte[] text, InputStream in, int limit) throws IOException {
        byte[] seen = new byte[Math.min(limit, FIRST_ROOM)];
        int length = 0;
        int from = 0;
        while (length < limit) {
            if (length == seen.length) seen = Arrays.copyOf(seen, Math.min(limit, 4 * length));
            int count = in.read(seen, length, seen.length - length);
            if (count < 0) return false;
            length += count;
            for (; from + text.length <= length; from++) {
                if (startsAt(from, text, seen)) return true;
            }
        }
        return false;
    }

    private static boolean startsAt(int from, byte[] text, byte[] seen) {
        for (int i = 0; i < text.length; i++) {
            if (seen[from + i] != text[i]) return false;
        }
        return true;
    }
}
