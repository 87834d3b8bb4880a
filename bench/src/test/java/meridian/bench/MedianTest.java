package meridian.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MedianTest {

    @Test
    void oneRoundThatWasDisturbedDoesNotMoveIt() {
        assertThat(Median.of(List.of(2.0, 99.0, 1.0, 3.0, 2.5)))
                .isEqualTo(new Median(1.0, 2.5, 99.0));
    }

    @Test
    void ofAnEvenNumberItIsBetweenTheTwoInTheMiddle() {
        assertThat(Median.of(List.of(4.0, 1.0, 2.0, 3.0)).middle()).isEqualTo(2.5);
    }
}
