package meridian.node.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CanaryMetricsTest {

    @Test
    void everyLegIsServedBeforeAnyIsMeasured() {
        String page = new CanaryMetrics().page();
        for (String way : List.of("left", "returned"))
            for (String until : List.of("first_probe", "quorum", "snapshot", "answer"))
                assertThat(page)
                        .contains(
                                "meridian_canary_move_seconds_count{until=\"%s\",way=\"%s\"} 0"
                                        .formatted(until, way));
    }
}
