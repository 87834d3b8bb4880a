package meridian.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {

    /// The first seed under which operators and links have something to do in time.
    private static final long SEED = 4;

    @Test
    void aSeedGivesTheSameRunAgain() {
        assertThat(story(SEED)).isEqualTo(story(SEED)).hasSizeGreaterThan(20);
    }

    @Test
    void withoutFaultsNothingTurnsTwice() {
        Scenario scenario = ScenarioDraw.of(SEED);
        Story story = Story.told();
        assertThat(Simulation.run(scenario, List.of(), Parts::new, story)).isEmpty();
        assertThat(story.lines()).allMatch(line -> line.contains("started") || line.contains("UP"));
    }

    @Test
    void aFailureComesDownToTheFaultsThatMakeIt() {
        Failure failure = new Seed(SEED, WrongGuards.Unguarded::new).failure().orElseThrow();
        assertThat(failure.violation().invariant()).isEqualTo(Invariant.GUARD);
        // A script of three drains, the last of which leaves too little.
        assertThat(failure.schedule())
                .hasSize(3)
                .hasSizeLessThan(failure.faults())
                .allMatch(fault -> fault.contains("an operator drains"));
        assertThat(failure.story()).last().asString().contains("BROKEN guard");
    }

    private static List<String> story(long seed) {
        Scenario scenario = ScenarioDraw.of(seed);
        Story story = Story.told();
        Simulation.run(scenario, ScheduleDraw.of(scenario), Parts::new, story);
        return story.lines();
    }
}
