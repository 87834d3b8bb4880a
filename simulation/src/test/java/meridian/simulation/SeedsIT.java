package meridian.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// `./meridian sim --seeds 10000` runs more of them.
class SeedsIT {

    private static final int SEEDS = 500;

    @Test
    void whateverGoesWrongEveryInvariantHolds() throws InterruptedException {
        var campaign = new Campaign(0, SEEDS, Parts::new);
        OptionalLong failed = campaign.run(Runtime.getRuntime().availableProcessors());
        assertThat(failed).as("the seed that fails; ./meridian sim --seed tells why").isEmpty();
        assertThat(campaign.done()).isEqualTo(SEEDS);
    }
}
