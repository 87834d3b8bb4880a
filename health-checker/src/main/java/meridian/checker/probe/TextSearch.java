package meridian.checker.probe;

import java.io.IOException;
import java.io.InputStream;

/// Looks for octets in a stream as they arrive, so that a body without an end passes once its text
/// has come.
final class TextSearch {

    private TextSearch() {}

    static boolean finds(byte[] text, InputStream in, int limit) throws IOException {
        byte[] seen = new byte[limit];
        int length = 0;
        int from = 0;
        while (length < limit) {
            int count = in.read(seen, length, limit - length);
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
