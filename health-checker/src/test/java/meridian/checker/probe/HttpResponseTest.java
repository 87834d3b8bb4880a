package meridian.checker.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HttpResponseTest {

    private static final byte[] TEXT = {'o', 'k'};
    private static final Pattern PRINTABLE = Pattern.compile("[ -~]+");

    private static final String[] GOOD = {
        "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nServer: x\r\n\r\nall ok",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nall \r\n2\r\nok\r\n0\r\nT: x\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 200 OK\r\nX: folded\r\n line\r\n\r\nok",
    };

    /// Whatever comes, the attempt ends with a status or an [IOException] that has a reason.
    @Test
    void noResponseMakesTheReaderThrowAnythingElse() {
        long seed = 20261122;
        var random = new Random(seed);
        int read = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] response = mutated(GOOD[i % GOOD.length], random);
            try {
                var head = HttpResponse.readFrom(new ByteArrayInputStream(response));
                assertThat(head.status()).as("seed %d, case %d", seed, i).isGreaterThan(199);
                head.bodyHas(TEXT);
                read++;
            } catch (IOException e) {
                assertThat(e.getMessage()).as("seed %d, case %d", seed, i).matches(PRINTABLE);
            }
        }
        assertThat(read).isBetween(5_000, 45_000);
    }

    private static byte[] mutated(String good, Random random) {
        byte[] octets = good.getBytes(StandardCharsets.US_ASCII);
        for (int i = random.nextInt(4); i >= 0; i--)
            octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
        if (random.nextInt(4) > 0) return octets;
        return Arrays.copyOf(octets, random.nextInt(octets.length));
    }
}
