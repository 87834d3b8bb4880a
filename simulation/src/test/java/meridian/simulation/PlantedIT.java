package meridian.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whether the simulator is looking.
class PlantedIT {

    private static final int SEEDS = 500;

    @ParameterizedTest
    @MethodSource("meridian.simulation.Planted#all")
    void aPlantedFaultIsCaughtWithinFiveHundredSeeds(Planted planted) throws InterruptedException {
        var campaign = new Campaign(0, SEEDS, planted.parts());
        var caught = campaign.run(Runtime.getRuntime().availableProcessors());
        assertThat(caught).as("the seed that catches %s", planted).isPresent();
    }
}
