package meridian.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({"2h, PT2H", "30m, PT30M", "1h30m, PT1H30M", "2d, PT48H", "90s, PT90S"})
    void readsWhatPeopleType(String text, String duration) {
        assertThat(DurationText.parse(text)).isEqualTo(Duration.parse(duration));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "h", "2x", "30m1h", "-1h", "2 h", "1.5h"})
    void saysWhatIsAccepted(String text) {
        assertThatThrownBy(() -> DurationText.parse(text))
                .hasMessage("\"" + text + "\" is no duration; 30m, 2h, 1h30m or 2d is accepted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "999999999d"})
    void refusesWhatNoDrainLasts(String text) {
        assertThatThrownBy(() -> DurationText.parse(text))
                .hasMessage("\"" + text + "\" is out of range; 1s to 3650d is accepted");
    }

    @Test
    void writesTheTwoLargestUnits() {
        assertThat(DurationText.of(Duration.ofSeconds(3 * 3600 + 5 * 60 + 7))).isEqualTo("3h5m");
        assertThat(DurationText.of(Duration.ofSeconds(3607))).isEqualTo("1h");
        assertThat(DurationText.of(Duration.ofMillis(7))).isEqualTo("0s");
    }
}
