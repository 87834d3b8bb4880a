package meridian.dns.tsig;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import meridian.dns.wire.Tsig;
import meridian.record.DomainName;
import org.junit.jupiter.api.Test;

class ReplaysTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    private final Replays replays = new Replays();

    @Test
    void whatIsHeardTwiceIsNotNew() {
        assertThat(replays.isNew(tsig(1), NOON)).isTrue();
        assertThat(replays.isNew(tsig(2), NOON)).isTrue();
        assertThat(replays.isNew(tsig(1), NOON.plusSeconds(300))).isFalse();
    }

    private static Tsig tsig(int code) {
        return new Tsig(
                12,
                DomainName.of("key"),
                DomainName.of("hmac-sha256"),
                NOON.getEpochSecond(),
                300,
                new byte[] {(byte) code},
                1,
                0,
                new byte[0]);
    }
}
