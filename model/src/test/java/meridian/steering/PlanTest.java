package meridian.steering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import meridian.topology.Endpoint;
import meridian.topology.RegionId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {

    /// The draw's highest 24 bits decide, taken as a number without a sign.
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1099511627775, 0",
        "-1, 2",
        "-1099511627776, 2",
        "9223372036854775807, 1",
        "-9223372036854775808, 1"
    })
    void everyDrawGivesAShare(long draw, int share) {
        assertThat(plan(1, 2, 1).share(draw)).isEqualTo(share);
    }

    @Test
    void theGreatestWeightsDoNotOverflow() {
        int[] weights = new int[300];
        Arrays.fill(weights, Endpoint.MAX_WEIGHT);
        Plan plan = plan(weights);
        assertThat(plan.share(0)).isZero();
        assertThat(plan.share(-1)).isEqualTo(299);
        assertThat(plan.share(Long.MAX_VALUE)).isEqualTo(149);
        assertThat(plan.share(Long.MIN_VALUE)).isEqualTo(150);
    }

    @Test
    void aPlanThatIsEmptyForNoReasonIsRefused() {
        for (Reason reason : Reason.values()) {
            if (reason == Reason.NO_DATA) continue;
            assertThatThrownBy(() -> new Plan(reason, List.of()))
                    .hasMessageContaining("a plan for the reason " + reason.word())
                    .hasMessageContaining("has 0 shares");
        }
    }

    @Test
    void aShareThatIsNeverDrawnIsRefused() {
        assertThatThrownBy(() -> plan(0)).hasMessageContaining("a share of weight 0");
    }

    @Test
    void aSampleOfNothingIsRefused() {
        assertThatThrownBy(() -> Sampling.of(List.of(), 1)).hasMessageContaining("no endpoint");
        var endpoints = List.of(Fleet.endpoint("192.0.2.1", 1, ""));
        assertThatThrownBy(() -> Sampling.of(endpoints, 0)).hasMessageContaining("0 answers");
    }

    private static Plan plan(int... weights) {
        return new Plan(
                Reason.ACTIVE,
                IntStream.range(0, weights.length)
                        .mapToObj(
                                i ->
                                        new Plan.Share(
                                                new Source.Serving(new RegionId("r" + i)),
                                                weights[i]))
                        .toList());
    }
}
