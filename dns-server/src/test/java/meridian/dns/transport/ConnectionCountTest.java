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
    void aNetworkOfIpv6IsOneClient() {
        assertThat(count.admit(InetAddress.ofLiteral("2001:db8:0:100::1"))).isTrue();
        assertThat(count.admit(InetAddress.ofLiteral("2001:db8:0:1ff::2"))).isTrue();
        assertThat(count.admit(InetAddress.ofLiteral("2001:db8:0:180::3"))).isFalse();
        assertThat(count.admit(InetAddress.ofLiteral("2001:db8:0:200::1"))).isTrue();
    }

    @Test
    void itIsBusyForTheClientThatHasMoreThanAQuarterOfItsShareAndThenForAll() {
        var count = new ConnectionCount(new TcpLimits(Duration.ofSeconds(10), 12, 4));
        count.admit(ONE);
        assertThat(count.isBusy(ONE)).isFalse();
        count.admit(ONE);
        assertThat(count.isBusy(ONE)).isTrue();
        assertThat(count.isBusy(OTHER)).isFalse();
        count.admit(OTHER);
        count.admit(THIRD);
        assertThat(count.isBusy(THIRD)).isTrue();
    }

    @Test
    void limitsThatServeNobodyAreRefused() {
        assertThatThrownBy(() -> new TcpLimits(Duration.ZERO, 1, 1))
                .hasMessage("the idle timeout of TCP connections is PT0S; more than 0 is accepted");
        assertThatThrownBy(() -> new TcpLimits(Duration.ofSeconds(1), 0, 1))
                .hasMessageContaining("0 in all and 1 per client; 1 and more is accepted");
    }
}
