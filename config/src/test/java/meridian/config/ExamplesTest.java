package meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Examples that cannot rot.
class ExamplesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "minimal",
                "three-regions",
                "weighted-canary",
                "active-passive-standby",
                "fence",
                "two-regions-with-witness",
                "role-per-process-fleet"
            })
    void everyExampleIsAcceptedWithoutAWarning(String name) {
        var reader = new ConfigReader(ConfigFolder.ENVIRONMENT);
        List<?> problems =
                switch (reader.read(Path.of("examples", name + ".conf"))) {
                    case ConfigOutcome.Accepted(_, var warnings) -> warnings;
                    case ConfigOutcome.Refused(var all, _) -> all;
                };
        assertThat(problems).isEmpty();
    }
}
