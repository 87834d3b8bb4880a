package meridian.node;

import static meridian.node.SmallFleet.SPARE;
import static meridian.node.SmallFleet.US;
import static meridian.node.SmallFleet.US_2;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import meridian.dns.ready.Edition;
import meridian.health.Health;
import meridian.topology.Agreement;
import org.junit.jupiter.api.Test;

class GlanceTest {

    private final SmallFleet fleet = new SmallFleet(1).turn(Health.UP, US, US_2, SPARE);
    private final Edition edition = fleet.edition();
    private final Glance first = Glance.at(edition, fleet.tally(), 0);

    @Test
    void whileNothingTurnsTheFirstLookIsTheLast() {
        assertThat(first.sightless()).isEmpty();
        assertThat(first.next(fleet.edition(), fleet.tally(), 1)).isSameAs(first);
    }

    @Test
    void votesThatGrowStaleAreSeen() {
        long stale = Agreement.DEFAULT.freshFor().plus(Duration.ofSeconds(1)).toNanos();
        Glance blind = first.next(edition, fleet.tally(), stale);
        assertThat(blind.sightless())
                .singleElement()
                .extracting(Alarms.Condition::text)
                .asString()
                .startsWith("3 of 3 watched endpoints");
        assertThat(blind.next(edition, fleet.tally(), 0)).isEqualTo(first);
    }

    @Test
    void whatGoesDownIsSeen() {
        fleet.turn(Health.DOWN, US_2);
        Glance next = first.next(fleet.edition(), fleet.tally(), 0);
        assertThat(next.down()).hasSize(1);
    }
}
