package meridian.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnockTest {

    /// The kernel would send the first packet of a connection again after a second only; so whoever
    /// knows how far a node is gives up sooner, and dials anew.
    @ParameterizedTest
    @CsvSource({"0, 250", "90, 250", "230, 460", "600, 1200", "1500, 2000"})
    void aConnectionIsWaitedForForTwiceAsLongAsTheWayIs(int took, int patience) {
        assertThat(new Knock(Duration.ofMillis(took)).patience())
                .isEqualTo(Duration.ofMillis(patience));
    }

    /// A link was given up just when it was back, since the way took five milliseconds more.
    @Test
    void aWayThatIsALittleLongerIsWaitedForLongEnough() {
        Duration patience = new Knock(Duration.ofMillis(230)).patience();
        assertThat(new Knock(Duration.ofMillis(235)).isTooFarFor(patience)).isFalse();
        assertThat(new Knock(Duration.ofMillis(600)).isTooFarFor(patience)).isTrue();
    }
}
