package meridian.checker.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextSearchTest {

    private static final int LIMIT = 10_000;

    /// However the body is cut into pieces, text is found where all of it is within the limit.
    @Test
    void textIsFoundWhereverItLiesWithinTheLimit() throws IOException {
        long seed = 20261122;
        var random = new Random(seed);
        int found = 0;
        for (int i = 0; i < 5_000; i++) {
            String text = letters(random, 1 + random.nextInt(20));
            String body = letters(random, random.nextInt(LIMIT + 2_000));
            String within = body.substring(0, Math.min(body.length(), LIMIT));
            boolean isThere = within.contains(text);
            assertThat(finds(text, body, random))
                    .as("seed %d, case %d: %s", seed, i, text)
                    .isEqualTo(isThere);
            if (isThere) found++;
        }
        assertThat(found).isBetween(1_000, 4_000);
    }

    @Test
    void nothingIsReadBeyondTheText() throws IOException {
        var body = new ByteArrayInputStream(new byte[] {'a', 'o', 'k', 'b'});
        try (var slow = inPieces(body, new Random(1), 1)) {
            assertThat(TextSearch.finds(new byte[] {'o', 'k'}, slow, LIMIT)).isTrue();
        }
        assertThat(body.available()).isEqualTo(1);
    }

    private static boolean finds(String text, String body, Random random) throws IOException {
        var whole = new ByteArrayInputStream(octets(body));
        return TextSearch.finds(octets(text), inPieces(whole, random, 3_000), LIMIT);
    }

    private static InputStream inPieces(InputStream whole, Random random, int longest) {
        return new InputStream() {

            @Override
            public int read() throws IOException {
                return whole.read();
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return whole.read(into, offset, Math.min(length, 1 + random.nextInt(longest)));
            }
        };
    }

    private static String letters(Random random, int count) {
        byte[] letters = new byte[count];
        random.nextBytes(letters);
        for (int i = 0; i < count; i++) letters[i] = (byte) ('a' + (letters[i] & 1));
        return new String(letters, StandardCharsets.US_ASCII);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
