package meridian.node.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DistributionTest {

    @Test
    void aQuantileIsTheSmallestThatSoManyAreNotAbove() {
        var hundred = of(LongStream.rangeClosed(1, 100).toArray());
        assertThat(hundred.quantile(0.5)).isEqualTo(Duration.ofMillis(50));
        assertThat(hundred.quantile(0.99)).isEqualTo(Duration.ofMillis(99));
        assertThat(hundred.max()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void ofOneAllQuantilesAreThatOne() {
        assertThat(of(7).quantile(0.01)).isEqualTo(Duration.ofMillis(7));
        assertThat(of(7).quantile(1)).isEqualTo(Duration.ofMillis(7));
    }

    @Test
    void theOrderOfMeasuringDoesNotMatter() {
        assertThat(of(3, 1, 2)).isEqualTo(of(1, 2, 3));
    }

    @Test
    void theHistogramShowsWhatIsRareToo() {
        var most = LongStream.concat(LongStream.generate(() -> 1).limit(999), LongStream.of(16));
        assertThat(of(most.toArray()).histogram(Duration.ofMillis(16)))
                .isEqualTo(" █" + " ".repeat(13) + "▁");
    }

    @Test
    void nothingMeasuredIsNoDistribution() {
        assertThatThrownBy(() -> of()).hasMessageContaining("nothing was measured");
    }

    private static Distribution of(long... millis) {
        return new Distribution(LongStream.of(millis).mapToObj(Duration::ofMillis).toList());
    }

    @Test
    void theTextIsInMilliseconds() {
        assertThat(new Distribution(List.of(Duration.ofMillis(5))).text())
                .isEqualTo("     5      5      5      5");
    }
}
