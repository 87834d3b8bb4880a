package meridian.dns.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectionCountTest {

    private static final InetAddress ONE = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress OTHER = InetAddress.ofLiteral("192.0.2.2");
    private static final InetAddress THIRD = InetAddress.ofLiteral("192.0.2.3");

    private final ConnectionCount count =
            new ConnectionCount(new TcpLimits(Duration.ofSeconds(10), 3, 2));

    @Test
    void oneClientCannotTakeThePlacesOfAll() {
        assertThat(count.admit(ONE)).isTrue();
        assertThat(count.admit(ONE)).isTrue();
        assertThat(count.admit(ONE)).isFalse();
        assertThat(count.admit(OTHER)).isTrue();
        assertThat(count.admit(THIRD)).isFalse();
        assertThat(count.open()).isEqualTo(3);
        assertThat(count.refused()).isEqualTo(2);
    }

    @Test
    void whoLeavesMakesRoom() {
        for (int i = 0; i < 100; i++) {
            assertThat(count.admit(ONE)).isTrue();
            count.leave(ONE);
        }
        assertThat(count.open()).isZero();
    }

    @Test
    void limitsThatServeNobodyAreRefused() {
        assertThatThrownBy(() -> new TcpLimits(Duration.ZERO, 1, 1))
                .hasMessage("the idle timeout of TCP connections is PT0S; more than 0 is accepted");
        assertThatThrownBy(() -> new TcpLimits(Duration.ofSeconds(1), 0, 1))
                .hasMessageContaining("0 in all and 1 per client; 1 and more is accepted");
    }
}
