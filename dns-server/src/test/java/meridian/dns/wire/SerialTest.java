package meridian.dns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SerialTest {

    /// RFC 1982 §3.2.
    @Test
    void serialsRunInACircle() {
        assertThat(new Serial(2).isAfter(new Serial(1))).isTrue();
        assertThat(new Serial(1).isAfter(new Serial(2))).isFalse();
        assertThat(new Serial(1).isAfter(new Serial(1))).isFalse();
        assertThat(new Serial(5).isAfter(new Serial(-5))).isTrue();
        assertThat(new Serial(-5).isAfter(new Serial(5))).isFalse();
        assertThat(new Serial(0x7fff_ffff).isAfter(new Serial(0))).isTrue();
        assertThat(new Serial(0x8000_0000).isAfter(new Serial(0))).isFalse();
    }

    @Test
    void theNextIsAfterItAndNeverZero() {
        assertThat(new Serial(7).next()).isEqualTo(new Serial(8));
        assertThat(new Serial(-1).next()).isEqualTo(new Serial(1));
        assertThat(new Serial(-1).next().isAfter(new Serial(-1))).isTrue();
    }

    @Test
    void itIsReadAndWrittenWithoutASign() {
        assertThat(Serial.of("4294967295")).isEqualTo(new Serial(-1)).hasToString("4294967295");
    }
}
