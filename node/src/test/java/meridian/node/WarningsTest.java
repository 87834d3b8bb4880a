package meridian.node;

import static meridian.node.SmallFleet.SPARE;
import static meridian.node.SmallFleet.US;
import static meridian.node.SmallFleet.US_2;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import meridian.health.Health;
import org.junit.jupiter.api.Test;

class WarningsTest {

    private static final long LATE = Warnings.GRACE.toNanos();

    private final SmallFleet fleet = new SmallFleet(1);
    private Seen seen = Seen.NOTHING;

    @Test
    void aNodeThatHasJustStartedWarnsOfNothing() {
        assertThat(warnings(0)).isEmpty();
        assertThat(warnings(LATE - 1)).isEmpty();
        assertThat(warnings(LATE)).isNotEmpty();
    }

    @Test
    void aVerdictThatWasNeverReachedIsAWarning() {
        fleet.turn(Health.UP, US, SPARE);
        warnings(0);
        assertThat(warnings(LATE))
                .contains(
                        "no-verdict shop us-east: no verdict has been reached on 198.51.100.11 in"
                                + " region us-east of service shop; it counts as unknown");
    }

    @Test
    void aCheckThatNeverPassedIsAWarningUntilItPasses() {
        fleet.turn(Health.UP, SPARE).turn(Health.DOWN, US, US_2);
        warnings(0);
        assertThat(warnings(LATE))
                .containsExactly(
                        "never-passed shop us-east: no check of 198.51.100.10, 198.51.100.11 in"
                                + " region us-east of service shop has passed since this node"
                                + " started; is the monitor right?");
        fleet.turn(Health.UP, US, US_2);
        assertThat(warnings(LATE + 1)).isEmpty();
    }

    @Test
    void whatPassedOnceAndFellIsNoWarning() {
        fleet.turn(Health.UP, US, US_2, SPARE);
        warnings(0);
        fleet.turn(Health.DOWN, US, US_2);
        assertThat(warnings(LATE)).isEmpty();
    }

    @Test
    void aStandbyThatWasNeverAnsweredIsAWarningUntilItIs() {
        fleet.turn(Health.UP, US, US_2, SPARE);
        warnings(0);
        assertThat(warnings(LATE))
                .containsExactly(
                        "never-answered shop spare: standby spare of service shop has not been in"
                                + " an answer since this node started: that it can serve is not"
                                + " proven");
        fleet.turn(Health.DOWN, US, US_2);
        assertThat(warnings(LATE + 1)).isEmpty();
        fleet.turn(Health.UP, US, US_2);
        assertThat(warnings(LATE + 2)).isEmpty();
    }

    private List<String> warnings(long nanos) {
        seen = seen.after(fleet.edition(), nanos);
        return Warnings.of(fleet.edition(), seen, nanos).stream()
                .map(one -> one.kind() + " " + one.subject() + ": " + one.text())
                .toList();
    }
}
