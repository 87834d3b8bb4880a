package meridian.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whether the simulator is looking.
class PlantedIT {

    private static final int SEEDS = 500;

    @ParameterizedTest
    @MethodSource("meridian.simulation.Planted#all")
    void aPlantedFaultIsCaughtWithinFiveHundredSeeds(Planted planted) throws InterruptedException {
        OptionalLong caught = caught(planted, planted.seed(), SEEDS);
        if (caught.isEmpty()) caught = caught(planted, 0, planted.seed());
        assertThat(caught).as("the seed that catches %s", planted).isPresent();
        if (planted.seed() > 0 && caught.getAsLong() != planted.seed())
            System.out.printf(
                    "%s is caught by seed %d, and no longer by %d%n",
                    planted, caught.getAsLong(), planted.seed());
    }

    private static OptionalLong caught(Planted planted, long from, long to)
            throws InterruptedException {
        var campaign = new Campaign(from, to - from, planted.parts());
        return campaign.run(Runtime.getRuntime().availableProcessors());
    }

    /// Where the guard has no say, no other invariant sees a drained region in an answer.
    @Test
    void answersMadeWithoutDrainsAreCaughtByNoDrained() {
        Violation first =
                LongStream.range(0, SEEDS)
                        .mapToObj(seed -> new Seed(seed, WrongAnswers.AnsweredUndrained::new))
                        .flatMap(seed -> seed.run().stream())
                        .findFirst()
                        .orElseThrow();
        assertThat(first.invariant()).isEqualTo(Invariant.NO_DRAINED);
    }
}
