package meridian.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OpenLoopTest {

    @Test
    void whatItPrintsIsRead() throws BenchException {
        var latency = new OpenLoop.Latency(41.5, 30_000, 29_999);
        assertThat(OpenLoop.Latency.of(latency + "\n")).isEqualTo(latency);
    }

    @Test
    void whatItSaysElseIsTold() {
        assertThatThrownBy(() -> OpenLoop.Latency.of("Exception in thread \"main\""))
                .hasMessage("the prober says: Exception in thread \"main\"");
    }
}
